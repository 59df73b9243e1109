import { isSound } from '../mutation/report.ts';
import { peerIds } from '../peers/peer.ts';
import { countShown, isMeasured, type PeersResult } from '../peers/result.ts';
import { usualTimes, type SteadinessResult } from '../steadiness/result.ts';
import { whyUnnoticed } from '../variants/blindness.ts';
import type { VariantsResult } from '../variants/result.ts';
import type { Figures } from './figures.ts';
import { ownId } from './own-peers.ts';
import type { Records } from './records.ts';

/** The ids of what is to be judged, as the sources have them now. */
export interface Present {
  readonly faults: readonly string[];
  /** The variants with their combinations. */
  readonly variants: readonly string[];
}

/** What keeps the proof from holding: what got away, was accused, or is open. */
export const findLacks = (figures: Figures, records: Records): string[] => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const { statements, broken, faults, killed, cleared, runs, steady } = figures;
  const unfit = [...new Set(fleet.unfit.map(({ rule }) => rule))];
  const blind = findBlind(variants);
  const flaws: readonly (readonly [boolean, string])[] = [
    [broken < statements, `Statements that no faulty server breaks: ${statements - broken}`],
    [killed < faults, `Faulty servers that got away: ${faults - killed}`],
    [fleet.unfit.length > 0, `The honest server failed ${unfit.join(', ')} in the fleet's run`],
    [!isSound(mutation), 'Mutants are unexplained or not judged, or explanations are idle'],
    [blind.length > 0, `No rule noticed ${blind.join(', ')}, and nobody says why`],
    [cleared < figures.variants, `Variants that were not cleared: ${figures.variants - cleared}`],
    [steady < runs, `Runs on the honest server that found something: ${runs - steady}`],
    [isShort(steadiness), 'Too few runs on the honest server'],
  ];
  const told = flaws.flatMap(([is, sentence]) => (is ? [`${sentence}.`] : []));
  return [...told, ...findUnmeasured(peers)];
};

/** Which records are older than what there is to judge now, and the command that measures it. */
export const findOutdated = (
  { fleet, variants, peers }: Records,
  { faults, variants: planned }: Present,
): string[] => {
  const judged = fleet.faults.map(({ fault }) => fault);
  const shown = peers.peers.flatMap((peer) =>
    isMeasured(peer) ? [[peer.id, peer.shown.map(({ fault }) => fault)] as const] : [],
  );
  return [
    ...compare('faulty servers', judged, faults, 'proof:fleet'),
    ...compare('lawful variants', ids(variants.variants), planned, 'proof:variants -- --missing'),
    ...shown.flatMap(([id, known]) =>
      compare(`faulty servers shown to ${id}`, known, faults, 'proof:peers -- --missing'),
    ),
  ];
};

const compare = (
  what: string,
  known: readonly string[],
  now: readonly string[],
  command: string,
): string[] => {
  const fresh = now.filter((one) => !known.includes(one)).length;
  const gone = known.filter((one) => !now.includes(one)).length;
  if (fresh + gone === 0) return [];
  return [`Of the ${what}, ${fresh} are new and ${gone} are gone: \`npm run ${command}\`.`];
};

/** Alternatives that the suite took for the decision itself: perhaps they vary nothing. */
const findBlind = ({ variants }: VariantsResult): string[] =>
  ids(
    variants.filter(
      ({ id, kind, unnoticed }) =>
        kind === 'alternative' && unnoticed.length > 0 && !(id in whyUnnoticed),
    ),
  );

const isShort = ({ plain, burdened }: SteadinessResult): boolean =>
  plain.length < usualTimes.plain || burdened.length < usualTimes.burdened;

const findUnmeasured = ({ peers }: PeersResult): string[] =>
  peerIds.flatMap((id) => {
    const peer = peers.find((one) => one.id === id);
    if (!peer) return [`The peer ${id} was never run.`];
    if (!isMeasured(peer)) return [];
    const { detected } = countShown(peer.shown);
    const perfect = detected === peer.shown.length && peer.honest.findings.length === 0;
    return id !== ownId || perfect ? [] : ['Among the peers our own suite missed or accused some.'];
  });

const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);
