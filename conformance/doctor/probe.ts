import type { Contract, Operation } from '../../openapi/contract.ts';
import { breakdownError } from '../errors.ts';
import { parseJson } from '../http/exchange.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Surroundings } from '../http/message.ts';
import { asFetch } from '../http/web-classes.ts';

/** The response to a read. */
export interface ProbeAnswer {
  /** The URL of the request. */
  readonly asked: string;
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body isn't JSON. */
  readonly json: unknown;
  readonly text: string;
  /** Milliseconds since 1970, before the request and after the response. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Sends a GET to a target.
 *
 * @param path - below the base URL
 */
export type Probe = (path: string, key?: string) => Promise<ProbeAnswer>;

/**
 * @param timeout - milliseconds that a response may take
 * @param interruption - aborts requests that are under way
 */
export const createProbe =
  (
    baseUrl: string,
    { send, now }: Pick<Surroundings, 'send' | 'now'>,
    timeout: number,
    interruption: AbortSignal,
  ): Probe =>
  async (path, key) => {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const sentAt = now();
    const response = await asFetch(send)(
      new Request(baseUrl + path, { headers }),
      AbortSignal.any([AbortSignal.timeout(timeout), interruption]),
    );
    const text = await response.text();
    const { status, headers: received } = response;
    const asked = baseUrl + path;
    return {
      asked,
      status,
      headers: received,
      json: parseJson(text),
      text,
      sentAt,
      receivedAt: now(),
    };
  };

/** The same probe, for a target that responded before: throws a Breakdown without a response. */
export const requireAnswer =
  (probe: Probe): Probe =>
  (path, key) =>
    probe(path, key).catch((thrown: unknown) => {
      throw breakdownError(
        `The target no longer responds: ${explainNoAnswer(thrown)}. Check that it is running.`,
      );
    });

/** The path of the smallest read: one item of a list. */
export const smallestRead = '/dossiers?per_page=1';

/** A read that needs exactly one scope. */
export interface Read {
  readonly scope: string;
  /** The path below the base URL. */
  readonly path: string;
}

/**
 * One read for each scope that a GET can try.
 *
 * @param dossier - the id of an existing dossier, for the reads below it
 */
export const readsOf = (
  { operations, scopes }: Pick<Contract, 'operations' | 'scopes'>,
  dossier: string | undefined,
): Read[] =>
  scopes.flatMap((scope) => {
    const fitting = Object.values(operations).filter((operation) => needsOnly(operation, scope));
    const list = fitting.find(({ path }) => !path.includes('{'));
    if (list) return [{ scope, path: `${list.path}?per_page=1` }];
    const below = fitting.find(({ path }) => path.startsWith('/dossiers/{id}'));
    if (!below || dossier === undefined) return [];
    return [{ scope, path: below.path.replace('{id}', encodeURIComponent(dossier)) }];
  });

const needsOnly = ({ method, scopes }: Operation, scope: string): boolean =>
  method === 'GET' && scopes.length === 1 && scopes[0] === scope;

/** The id of the first item of a list; undefined for an empty list or a malformed body. */
export const firstIdOf = ({ json }: ProbeAnswer): string | undefined => {
  const { data } = (json ?? {}) as { data?: unknown };
  const [first] = Array.isArray(data) ? (data as unknown[]) : [];
  const { id } = (first ?? {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
};

/** The statuses of reads with this API key. */
export const tryReads = async (
  reads: readonly Read[],
  probe: Probe,
  key: string,
): Promise<{ readonly scope: string; readonly status: number }[]> => {
  const tried = [];
  for (const { scope, path } of reads) {
    const { status } = await probe(path, key);
    tried.push({ scope, status });
  }
  return tried;
};
