import { describe, expect, it } from 'vitest';
import { checkCoverage } from '../contract/coverage.ts';

const facets = ['media/sendCv/application/pdf', 'status/getThing/200', 'status/getThing/404'];
const entry = (...covers: string[]) => ({
  id: 'LG-NOT-001',
  area: 'NOT',
  file: 'requirements/notes.yaml',
  where: '5:5',
  since: '0.1.0',
  value: { covers },
});
const complaints = (...covers: string[]): string[] =>
  checkCoverage([entry(...covers)], facets).map(({ what }) => what);

describe('The coverage of the register', () => {
  it('is complete when every facet is listed.', () => {
    expect(complaints(...facets)).toEqual([]);
  });

  it('matches anything within one segment by a star.', () => {
    expect(complaints('status/*/200', 'status/getThing/4*', 'media/*/application/pdf')).toEqual([]);
  });

  it('does not match a slash by a star.', () => {
    expect(complaints('status/*', 'status/getThing/*', 'media/sendCv/*')).toEqual([
      'LG-NOT-001 covers status/*, which matches no facet of the bundle.',
    ]);
  });

  it('names each facet that no pattern matches.', () => {
    expect(complaints('status/getThing/200', 'media/sendCv/*')).toEqual([
      'No entry covers status/getThing/404.',
    ]);
  });
});
