import type { Liar } from '../rule.ts';
import { onError } from './answers.ts';

/** Numbers its errors. */
export const numberErrors: Liar = (fetch, name) => {
  let count = 0;
  const bend = onError((error) => {
    count += 1;
    if (count > 1) error['code'] = `${String(error['code'])}_${String(count)}`;
  });
  return bend(fetch, name);
};
