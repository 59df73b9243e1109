import type { Contract, Operation } from '../../openapi/contract.ts';
import { breakdownError } from '../errors.ts';
import { parseJson } from '../http/exchange.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Surroundings } from '../http/transport.ts';

/** What a target answers to a read. */
export interface ProbeAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when the body is none. */
  readonly json: unknown;
  /** Milliseconds since 1970, before the request and after the answer. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Reads something of a target: nothing but GET is ever sent.
 *
 * @param path - below the base URL
 */
export type Probe = (path: string, key?: string) => Promise<ProbeAnswer>;

/**
 * @param timeout - milliseconds that an answer may take
 * @param interruption - gives up what is under way
 */
export const createProbe =
  (
    baseUrl: string,
    { fetch, now }: Pick<Surroundings, 'fetch' | 'now'>,
    timeout: number,
    interruption: AbortSignal,
  ): Probe =>
  async (path, key) => {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const sentAt = now();
    const response = await fetch(
      new Request(baseUrl + path, { headers }),
      AbortSignal.any([AbortSignal.timeout(timeout), interruption]),
    );
    const text = await response.text();
    const { status, headers: answered } = response;
    return { status, headers: answered, json: parseJson(text), sentAt, receivedAt: now() };
  };

/** The same, where an answer is certain by now: without one, something broke down on the way. */
export const requireAnswer =
  (probe: Probe): Probe =>
  (path, key) =>
    probe(path, key).catch((thrown: unknown) => {
      throw breakdownError(
        `It answers no more: ${explainNoAnswer(thrown)}. See that it is running.`,
      );
    });

/** The reading that needs the least: one item of a list. */
export const smallestRead = '/dossiers?per_page=1';

/** A harmless read that needs one scope and no other. */
export interface Read {
  readonly scope: string;
  /** Below the base URL. */
  readonly path: string;
}

/**
 * The reads by which scopes can be tried out, one for each scope as far as that goes.
 *
 * @param dossier - the id of one that there is, for what is read below a dossier
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

/** The id of the first item of a list; undefined where there is none to be seen. */
export const firstIdOf = ({ json }: ProbeAnswer): string | undefined => {
  const { data } = (json ?? {}) as { data?: unknown };
  const [first] = Array.isArray(data) ? (data as unknown[]) : [];
  const { id } = (first ?? {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
};

/** What each read is answered with a key: its status. */
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
