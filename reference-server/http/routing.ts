import type { Operation, OperationId } from '../../openapi/contract.ts';
import type { AnyHandler } from './handler.ts';
import { Refusal } from './refusals.ts';

/** A method and a path template, such as `/dossiers/{id}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

export interface Match<R extends Route> {
  readonly route: R;
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** A segment of a template: a fixed text, or the name of a parameter. */
type Segment = { readonly text: string } | { readonly name: string };

interface Candidate<R extends Route> {
  readonly route: R;
  readonly segments: readonly Segment[];
}

/**
 * Finds routes by method and exact path (LG-ERR-024 to LG-ERR-026): case and a trailing slash
 * matter. HEAD and OPTIONS are methods like any other.
 */
export const createMatcher = <R extends Route>(routes: readonly R[]) => {
  // Templates are grouped by method and number of segments, for speed.
  const groups = new Map<string, Candidate<R>[][]>();
  for (const route of routes) {
    const segments = route.path.split('/').map(readSegment);
    const group = groups.get(route.method) ?? [];
    group[segments.length] = [...(group[segments.length] ?? []), { route, segments }];
    groups.set(route.method, group);
  }
  return (method: string, path: string): Match<R> | undefined => {
    const given = path.split('/');
    for (const { route, segments } of groups.get(method)?.[given.length] ?? []) {
      const params = readParams(segments, given);
      if (params) return { route, params };
    }
    return undefined;
  };
};

const readSegment = (segment: string): Segment =>
  segment.startsWith('{') ? { name: segment.slice(1, -1) } : { text: segment };

/**
 * The parameters of a path with as many segments as the template; undefined if it doesn't match.
 */
const readParams = (
  template: readonly Segment[],
  given: readonly string[],
): Record<string, string> | undefined => {
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const segment = given[index] ?? '';
    if ('text' in expected) {
      if (segment !== expected.text) return undefined;
    } else {
      if (segment === '') return undefined;
      params[expected.name] = decode(segment);
    }
  }
  return params;
};

/** A malformed segment stays undecoded, so that it is the id of nothing (LG-GEN-048). */
const decode = (segment: string): string => {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Handlers by operation. */
export type HandlerTable = Readonly<Record<OperationId, AnyHandler>>;

export interface Served {
  readonly operation: Operation;
  readonly handler: AnyHandler;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The operation, handler and path parameters of a request.
 *
 * @throws Refusal not_found for an unknown path or method (LG-ERR-024 to LG-ERR-026)
 */
export const requireServed = (
  match: Match<Operation> | undefined,
  handlers: HandlerTable,
): Served => {
  if (!match) throw new Refusal('not_found', 'There is no operation at this path and method.');
  const { route: operation, params } = match;
  return { operation, handler: handlers[operation.id], params };
};

/** A request's target, split but not decoded. */
export interface RequestTarget {
  readonly path: string;
  readonly query: string;
}

/** The origin in a target that is a whole URL, which clients send to proxies. */
const server = /^https?:\/\/[^/?]*/i;

export const splitTarget = (target: string): RequestTarget => {
  // Nearly every target is a path alone.
  const url = target.startsWith('/') ? target : target.replace(server, '');
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) };
};

/** The path below a base path, or undefined for one that isn't below it. */
export const pathBelow = (base: string, path: string): string | undefined =>
  path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
