import type { Rule } from '../../rule.ts';
import deletionBesideLinking from './deletion-beside-linking.ts';
import dossierCount from './dossier-count.ts';
import dossiersWithOneAddress from './dossiers-with-one-address.ts';
import moves from './moves.ts';
import nothingLostWhileGrowing from './nothing-lost-while-growing.ts';
import oneGetsTheAddress from './one-gets-the-address.ts';
import parallelLinks from './parallel-links.ts';
import rateLimit from './rate-limit.ts';
import refusedAsDuplicates from './refused-as-duplicates.ts';
import remaining from './remaining.ts';
import sameLink from './same-link.ts';
import statuses from './statuses.ts';
import uploads from './uploads.ts';
import walkBesideWriters from './walk-beside-writers.ts';

/** The rules of the area concurrency. */
export const concurrency: readonly Rule[] = [
  deletionBesideLinking,
  dossierCount,
  dossiersWithOneAddress,
  moves,
  nothingLostWhileGrowing,
  oneGetsTheAddress,
  parallelLinks,
  rateLimit,
  refusedAsDuplicates,
  remaining,
  sameLink,
  statuses,
  uploads,
  walkBesideWriters,
];
