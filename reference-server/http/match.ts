/** Something that answers at a method and a path template, such as `/dossiers/{id}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

export interface Match<R extends Route> {
  readonly route: R;
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds routes by method and exact path (LG-ERR-024 to LG-ERR-026): letter case counts, and so does
 * a slash at the end. HEAD and OPTIONS are methods like any other.
 */
export const createMatcher = <R extends Route>(routes: readonly R[]) => {
  const candidates = routes.map((route) => ({ route, segments: route.path.split('/') }));
  return (method: string, path: string): Match<R> | undefined => {
    const segments = path.split('/');
    for (const candidate of candidates) {
      if (candidate.route.method !== method) continue;
      const params = readParams(candidate.segments, segments);
      if (params) return { route: candidate.route, params };
    }
    return undefined;
  };
};

const nameOf = (segment: string): string | undefined =>
  segment.startsWith('{') ? segment.slice(1, -1) : undefined;

const readParams = (
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined => {
  if (template.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of template.entries()) {
    const given = segments[index];
    const name = nameOf(expected);
    if (name !== undefined && given) params[name] = decode(given);
    else if (given !== expected) return undefined;
  }
  return params;
};

/** What isn't well-formed names nothing, as it stands (LG-GEN-048). */
const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
