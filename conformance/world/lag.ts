import type { Contract, OperationId } from '../../openapi/contract.ts';
import type { TargetOrganization } from '../targets/target.ts';
import type { Fetch, Surroundings } from './fetch.ts';
import type { OperationNames } from './operations.ts';
import { isPaged } from './page-sizes.ts';

type Clock = Pick<Surroundings, 'now' | 'sleep'>;

/** The operations that read lists, or counts, which may trail behind a write (LG-GEN-053). */
export const trailingReads = ({ operations }: Contract): ReadonlySet<OperationId> => {
  const lists = Object.values(operations).filter((one) => one.method === 'GET' && isPaged(one));
  // It shows `dossier_count`.
  return new Set<OperationId>([...lists.map(({ id }) => id), 'getContact']);
};

/** Makes a client wait until lists and counts must have caught up with what it wrote before. */
export interface Waiting {
  /** Waits before each read that may trail behind. */
  readonly patient: (fetch: Fetch) => Fetch;
  /** Waits for nothing; what is written counts all the same. */
  readonly impatient: (fetch: Fetch) => Fetch;
  /** What is changed beside the API counts as written too. */
  readonly beside: (organization: TargetOrganization) => TargetOrganization;
}

const waitingForNothing: Waiting = {
  patient: (fetch) => fetch,
  impatient: (fetch) => fetch,
  beside: (organization) => organization,
};

/** @param lag - how long lists and counts trail behind, in milliseconds; 0 waits for nothing */
export const createWaiting = (
  contract: Contract,
  name: OperationNames,
  { now, sleep }: Clock,
  lag: number,
): Waiting => {
  const reads = trailingReads(contract);
  let last = Number.NEGATIVE_INFINITY;
  const wrote = (): void => {
    last = now();
  };
  const impatient =
    (fetch: Fetch): Fetch =>
    async (request, signal) => {
      if (request.method === 'GET') return fetch(request, signal);
      try {
        return await fetch(request, signal);
      } finally {
        wrote();
      }
    };
  const patient = (fetch: Fetch): Fetch => {
    const send = impatient(fetch);
    return async (request, signal) => {
      const operation = request.method === 'GET' ? name(request.method, request.url) : undefined;
      const pause = operation && reads.has(operation) ? last + lag - now() : 0;
      if (pause > 0) await sleep(pause, 'lists that trail behind');
      return send(request, signal);
    };
  };
  const beside = (organization: TargetOrganization): TargetOrganization => ({
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
  return lag > 0 ? { patient, impatient, beside } : waitingForNothing;
};
