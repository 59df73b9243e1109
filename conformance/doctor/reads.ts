import type { Contract, Operation } from '../../openapi/contract.ts';
import type { Answer, Probe } from './probe.ts';

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
export const firstIdOf = ({ json }: Answer): string | undefined => {
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
