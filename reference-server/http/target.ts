/** A request's target, taken apart but not decoded. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

/** What stands before the path in a target that names its server, as clients of proxies send. */
const server = /^https?:\/\/[^/?]*/i;

export const splitTarget = (target: string): Target => {
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
