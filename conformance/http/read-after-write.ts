import type { Contract } from '../../openapi/contract.ts';
import { type OperationNames, trailingReads } from '../contract/operations.ts';
import type { TargetOrganization } from '../targets/target.ts';
import type { HttpRequest, Surroundings } from './message.ts';

/** Sends a request, and returns what it led to. */
type Exchanger<Answer> = (request: HttpRequest) => Promise<Answer>;

type Clock = Pick<Surroundings, 'now' | 'sleep'>;

/** Makes a client wait until lists and counts show its earlier writes (LG-GEN-053). */
export interface ReadDelay {
  /** Notes writes, and waits before each read that may lag behind. */
  readonly delayReads: <Answer>(send: Exchanger<Answer>) => Exchanger<Answer>;
  /** Notes writes, without waits. */
  readonly noteWrites: <Answer>(send: Exchanger<Answer>) => Exchanger<Answer>;
  /** Notes what is changed other than by the API. */
  readonly noteSettings: (organization: TargetOrganization) => TargetOrganization;
}

const noDelay: ReadDelay = {
  delayReads: (send) => send,
  noteWrites: (send) => send,
  noteSettings: (organization) => organization,
};

/** @param lag - how long lists and counts lag behind, in milliseconds; 0 for no waits */
export const createReadDelay = (
  contract: Contract,
  name: OperationNames,
  { now, sleep }: Clock,
  lag: number,
): ReadDelay => {
  const reads = trailingReads(contract);
  let last = Number.NEGATIVE_INFINITY;
  const wrote = (): void => {
    last = now();
  };
  const noteWrites =
    <Answer>(send: Exchanger<Answer>): Exchanger<Answer> =>
    async (request) => {
      if (request.method === 'GET') return send(request);
      try {
        return await send(request);
      } finally {
        wrote();
      }
    };
  const delayReads = <Answer>(exchange: Exchanger<Answer>): Exchanger<Answer> => {
    const send = noteWrites(exchange);
    return async (request) => {
      const operation = request.method === 'GET' ? name(request.method, request.url) : undefined;
      const pause = operation && reads.has(operation) ? last + lag - now() : 0;
      if (pause > 0) await sleep(pause, 'lists that lag behind');
      return send(request);
    };
  };
  const noteSettings = (organization: TargetOrganization): TargetOrganization => ({
    ...organization,
    createFlow: async (draft) => {
      const flow = await organization.createFlow(draft);
      wrote();
      return flow;
    },
    setPoolWindow: async (...window) => {
      await organization.setPoolWindow(...window);
      wrote();
    },
  });
  return lag > 0 ? { delayReads, noteWrites, noteSettings } : noDelay;
};
