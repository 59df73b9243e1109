import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { onAnswer } from './answers.ts';

/** Refuses with another status and code than it should. */
export const refuseOtherwise = (
  operation: OperationId,
  from: number,
  to: number,
  code: string,
): Liar =>
  onAnswer([operation], (answer) => {
    if (answer.status !== from) return;
    answer.status = to;
    answer.body = { error: { code, message: 'No.' } };
  });
