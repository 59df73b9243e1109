/** A request's target, taken apart but not decoded. */
export interface Target {
  readonly path: string;
  readonly query: string;
}

export const splitTarget = (url: string): Target => {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: '' }
    : { path: url.slice(0, mark), query: url.slice(mark + 1) };
};

/** The path below a base path, or undefined for one that isn't below it. */
export const pathBelow = (base: string, path: string): string | undefined =>
  path === base || path.startsWith(`${base}/`) ? path.slice(base.length) : undefined;
