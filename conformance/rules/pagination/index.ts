import type { Rule } from '../../rule.ts';
import badNumbers from './bad-numbers.ts';
import beyondTheEnd from './beyond-the-end.ts';
import defaults from './defaults.ts';
import farBeyondTheEnd from './far-beyond-the-end.ts';
import filteredTotal from './filtered-total.ts';
import fullPages from './full-pages.ts';
import fullWalk from './full-walk.ts';
import longList from './long-list.ts';
import maximum from './maximum.ts';
import metaComplete from './meta-complete.ts';
import meta from './meta.ts';
import namesakes from './namesakes.ts';
import newestFirst from './newest-first.ts';
import overMaximum from './over-maximum.ts';
import total from './total.ts';

/** The rules of the area pagination. */
export const pagination: readonly Rule[] = [
  badNumbers,
  beyondTheEnd,
  defaults,
  farBeyondTheEnd,
  filteredTotal,
  fullPages,
  fullWalk,
  longList,
  maximum,
  metaComplete,
  meta,
  namesakes,
  newestFirst,
  overMaximum,
  total,
];
