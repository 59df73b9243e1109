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

/** What keeps the proof from holding: what got away, was accused, is open, or was never looked at. */
export const findLacks = (figures: Figures, records: Records, present: Present): string[] => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const { statements, broken, faults, killed, cleared, runs, steady } = figures;
  const unfit = [...new Set(fleet.unfit.map(({ rule }) => rule))];
  const known = { faults: fleet.faults.map(({ fault }) => fault), ids: ids(variants.variants) };
  const blind = findBlind(variants);
  const flaws: readonly (readonly [boolean, string])[] = [
    [broken < statements, `Statements that no faulty server breaks: ${statements - broken}`],
    [killed < faults, `Faulty servers that got away: ${faults - killed}`],
    [fleet.unfit.length > 0, `The honest server failed ${unfit.join(', ')} in the fleet's run`],
    [!isSame(known.faults, present.faults), `The fleet is another than the one that was judged`],
    [!isSound(mutation), 'Mutants are unexplained or not judged, or explanations are idle'],
    [blind.length > 0, `No rule noticed ${blind.join(', ')}, and nobody says why`],
    [cleared < figures.variants, `Variants that were not cleared: ${figures.variants - cleared}`],
    [!isSame(known.ids, present.variants), 'The variants are others than those that were judged'],
    [steady < runs, `Runs on the honest server that found something: ${runs - steady}`],
    [isShort(steadiness), 'Too few runs on the honest server'],
  ];
  const told = flaws.flatMap(([is, sentence]) => (is ? [`${sentence}.`] : []));
  return [...told, ...findUnmeasured(peers, present.faults)];
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

const findUnmeasured = ({ peers }: PeersResult, faults: readonly string[]): string[] =>
  peerIds.flatMap((id) => {
    const peer = peers.find((one) => one.id === id);
    if (!peer) return [`The peer ${id} was never run.`];
    if (!isMeasured(peer)) return [];
    const shown = peer.shown.map(({ fault }) => fault);
    if (!isSame(shown, faults)) return [`The peer ${id} was shown another fleet.`];
    const { detected } = countShown(peer.shown);
    const perfect = detected === faults.length && peer.honest.findings.length === 0;
    return id !== ownId || perfect ? [] : ['Among the peers our own suite missed or accused some.'];
  });

const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());
