import type { Requirement } from '../../../openapi/register.ts';
import type { FaultyServersResult } from '../faulty-servers/result.ts';
import { type FlakinessResult, usualRuns } from '../flakiness/run.ts';
import { type Circumstances, type Part, parts } from '../harness/record.ts';
import { isSound } from '../mutation/report.ts';
import { countShown, isMeasured, peerIds, type PeersResult } from '../peers/peer.ts';
import { type VariantsResult, whyUnnoticed } from '../variants/result.ts';
import {
  countAll,
  countPeers,
  countRuns,
  countVariants,
  type Figures,
  findUnobservable,
  type FlakinessFigures,
  makeMatrix,
  type MatrixRow,
  type MutationFigures,
  ownId,
  type PeersFigures,
  type Records,
  type Unobservable,
  type VariantsFigures,
} from './figures.ts';

/** Where and when a part was measured, and the file beside the proof that holds all of it. */
interface PartSource extends Circumstances {
  readonly record: string;
}

/** The proof, as it is published: what the table shows. The rest stands in the records. */
export interface Proof {
  /** All of it in one line, which the README quotes. */
  readonly headline: string;
  readonly figures: Figures;
  /** What keeps it from holding, in sentences. */
  readonly lacks: readonly string[];
  /** Which parts are older than what there is to judge, in sentences. */
  readonly outdated: readonly string[];
  readonly parts: Readonly<Record<Part, PartSource>>;
  readonly fleet: Pick<FaultyServersResult, 'seeds' | 'runs'>;
  readonly peers: PeersFigures;
  readonly mutation: MutationFigures;
  readonly variants: VariantsFigures;
  readonly steadiness: FlakinessFigures;
  /** The documented statements that are in no row of the matrix. */
  readonly unobservable: readonly Unobservable[];
  readonly matrix: readonly MatrixRow[];
}

export const makeProof = (
  register: readonly Requirement[],
  records: Records,
  present: CurrentIds,
): Proof => {
  const { fleet, mutation, variants, steadiness, peers } = records;
  const matrix = makeMatrix(register, fleet, peers);
  const figures = countAll(matrix, records);
  const outdated = findOutdated(records, present);
  // Who reads the figures alone must not take them for those of the code as it is now.
  const age = outdated.length > 0 ? '; some parts are older than the code, as the table says' : '';
  return {
    headline: `${formatHeadline(figures)}${age}`,
    figures,
    lacks: findLacks(figures, records),
    outdated,
    parts: nameSources(records),
    fleet: { seeds: fleet.seeds, runs: fleet.runs },
    peers: countPeers(peers),
    mutation: { areas: mutation.areas, total: mutation.total },
    variants: countVariants(variants),
    steadiness: countRuns(steadiness),
    unobservable: findUnobservable(register),
    matrix,
  };
};

const nameSources = (records: Records): Proof['parts'] => {
  const sources = parts.map((part): [Part, PartSource] => [
    part,
    {
      ...records[part].circumstances,
      // What was missing may have been measured at a later state.
      ...(part === 'fleet' && { commit: records.fleet.commits.join(' and ') }),
      record: `${part}.json`,
    },
  ]);
  return Object.fromEntries(sources) as Record<Part, PartSource>;
};

const formatHeadline = (figures: Figures): string => {
  const { faults, killed, statements, broken, mutantsFound, visibleMutantsFound } = figures;
  const { variants, cleared, runs, steady } = figures;
  return [
    `${killed} of ${faults} faulty servers caught, each by a rule about the statement that it breaks`,
    `of the ${statements} documented statements that a client can see, ${broken} are broken by one of them at least`,
    `${mutantsFound} % of the judged mutants found, or ${visibleMutantsFound} % of those that a client could see break the documentation`,
    `${cleared} of ${variants} lawful variants cleared`,
    `${steady} of ${runs} runs on an honest server without a false alarm`,
  ].join('; ');
};

/** Whether the proof holds: nothing got away, nothing lawful was accused, nothing is left open. */
export const holds = ({ lacks }: Pick<Proof, 'lacks'>): boolean => lacks.length === 0;

/** The ids of what is to be judged, as the sources have them now. */
export interface CurrentIds {
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
  { faults, variants: planned }: CurrentIds,
): string[] => {
  const judged = fleet.faults.map(({ fault }) => fault);
  const shown = peers.peers.flatMap((peer) =>
    isMeasured(peer) ? [[peer.id, peer.shown.map(({ fault }) => fault)] as const] : [],
  );
  return [
    ...compare('faulty servers', judged, faults, 'proof:faulty-servers'),
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

const isShort = ({ plain, burdened }: FlakinessResult): boolean =>
  plain.length < usualRuns.plain || burdened.length < usualRuns.burdened;

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
