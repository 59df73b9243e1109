import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';
import { onData } from './answers.ts';

/** Numbers new things by the clock of a coarse hand: pairs of them share an id. */
export const sharedIds =
  (creation: OperationId): Liar =>
  (fetch, name) => {
    let created = 0;
    let id: unknown;
    const bend = onData([creation], (data) => {
      if (created % 2 === 1) data['id'] = id;
      id = data['id'];
      created += 1;
    });
    return bend(fetch, name);
  };

/** Finds things by a name: of those that have the same, the first. */
export const findByName =
  (creation: OperationId, retrieval: OperationId, field: string): Liar =>
  (fetch, name) => {
    const first = new Map<unknown, unknown>();
    const look = onData([creation], (data) => {
      if (!first.has(data[field])) first.set(data[field], data['id']);
    });
    const bend = onData([retrieval], (data) => {
      data['id'] = first.get(data[field]) ?? data['id'];
    });
    return bend(look(fetch, name), name);
  };
