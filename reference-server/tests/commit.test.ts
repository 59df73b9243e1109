import { expect, it } from 'vitest';
import { createBench, delivery } from './webhook-bench.ts';

it('A refusal that saw what is undone then is answered as not kept', async () => {
  const { put, commit, settle, fail, pending } = createBench({ keepsByItself: false });
  const lost = put(delivery('one'));
  await settle();
  const refused = commit(() => {
    throw new Error(`There is ${pending().join()} already.`);
  });
  await Promise.all([
    fail(),
    expect(lost).rejects.toThrow('full'),
    expect(refused).rejects.toThrow('full'),
  ]);
  expect(pending()).toEqual([]);
});

it('A refusal that saw what is kept stays as it is', async () => {
  const { put, commit, settle, keep, pending } = createBench({ keepsByItself: false });
  const kept = put(delivery('one'));
  await settle();
  const refused = commit(() => {
    throw new Error(`There is ${pending().join()} already.`);
  });
  await Promise.all([keep(), kept, expect(refused).rejects.toThrow('There is one already.')]);
});
