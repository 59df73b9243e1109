import { textsAt } from './json.ts';
import type { Problem } from './problem.ts';
import type { Entry } from './register.ts';

/** The register accounts for every facet of the bundle, and for nothing that isn't there. */
export const checkCoverage = (entries: readonly Entry[], facets: readonly string[]): Problem[] => {
  const patterns = entries.flatMap((entry) =>
    textsAt(entry.value, 'covers').map((pattern) => ({ entry, pattern, covers: matcher(pattern) })),
  );
  const idle = patterns
    .filter(({ covers }) => !facets.some(covers))
    .map(({ entry, pattern }) => ({
      file: entry.file,
      where: entry.where,
      what: `${entry.id} covers ${pattern}, which matches no facet of the bundle.`,
      next: 'mend the pattern; a facet is spelled as in openapi/generated/openapi.json',
    }));
  const uncovered = facets
    .filter((facet) => !patterns.some(({ covers }) => covers(facet)))
    .map((facet) => ({
      file: 'requirements',
      where: '',
      what: `No entry covers ${facet}.`,
      next: 'add it to `covers` of the entry that accounts for it, or write that entry',
    }));
  return [...idle, ...uncovered];
};

/** `*` stands for anything within a segment; a media type, with its slash, is one segment. */
const matcher = (pattern: string) => {
  const media = pattern.startsWith('media/');
  const source = pattern
    .split('/')
    .map((segment, at) => {
      const wildcard = media && at >= 2 ? '.*' : '[^/]*';
      return segment.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', wildcard);
    })
    .join('/');
  const expression = new RegExp(`^${source}$`);
  return (facet: string): boolean => expression.test(facet);
};
