import type { FaultyServersResult } from '../faulty-servers/result.ts';
import { parts } from '../harness/record.ts';
import type { Score } from '../mutation/report.ts';
import {
  type FlakinessFigures,
  isOwn,
  type KindFigures,
  type MatrixCell,
  type MatrixRow,
  type MutationFigures,
  ownId,
  type PeerFigures,
  type PeersFigures,
  type Unobservable,
  type VariantsFigures,
} from './figures.ts';
import { holds, type Proof } from './summary.ts';

/** The published table. */
export const toMarkdown = (proof: Proof): string =>
  [
    '# The proof',
    `What the suite detects, and whom it clears, as \`npm run proof\` last measured it: each part at the commit that stands beside it, of which later ones may differ.`,
    `**${proof.headline}.**`,
    ...(holds(proof) ? [] : [`It does not hold:`, proof.lacks.map((one) => `- ${one}`).join('\n')]),
    ...(proof.outdated.length === 0
      ? []
      : [
          'Some parts are older than what there is to judge now:',
          proof.outdated.map((one) => `- ${one}`).join('\n'),
        ]),
    ...formatCircumstances(proof),
    '## The same faults, other tools',
    ...formatPeers(proof.peers),
    '## Mutants of the reference server',
    ...formatMutation(proof.mutation),
    '## Lawful variants',
    ...formatVariantsTable(proof.variants),
    '## Steadiness',
    ...formatFlakiness(proof.steadiness),
    '## Statement by fault',
    ...formatMatrix(proof.matrix, proof),
  ].join('\n\n') + '\n';

const formatCircumstances = ({ parts: told }: Proof): string[] => [
  table(
    ['part', 'measured', 'at commit', 'Node.js', 'cores', 'whole record'],
    parts.map((part) => {
      const { measuredAt, commit, node, cores, record } = told[part];
      return row(part, measuredAt, commit, node, cores, `[\`${record}\`](${record})`);
    }),
  ),
  'The tables below, and the same for programs in [`proof.json`](proof.json), are drawn from these ' +
    'records, which hold the rest.',
];

/** How the fleet was judged, and what no client can observe. */
interface MatrixContext {
  readonly fleet: Pick<FaultyServersResult, 'seeds' | 'runs'>;
  readonly unobservable: readonly Unobservable[];
}

/** Each statement with the servers that break it, what a kill is, and what is left out. */
const formatMatrix = (
  matrix: readonly MatrixRow[],
  { fleet: { seeds, runs }, unobservable }: MatrixContext,
): string[] => [
  'Each documented statement that a client can see, with the servers that break it, the rules that ' +
    'killed them for that reason, and the tools of others that detect them.',
  'A server is killed when, with every seed, a rule that verifies the statement failed, at an exchange ' +
    'of an operation (or at an event) that the statement concerns, and that rule neither failed nor ' +
    'broke down at the honest server with the same seeds. ' +
    `The seeds are ${seeds.join(', ')}, with ${runs} generated cases for each property. ` +
    'The limit of this: where one rule verifies several statements, its failure does not tell which of ' +
    'them is broken; only the label of the fault does.',
  ...formatUnobservable(unobservable),
  formatMatrixRows(matrix),
];

const formatUnobservable = (unobservable: readonly Unobservable[]): string[] => {
  if (unobservable.length === 0) return [];
  const told = unobservable.map(({ requirement, reason }) => `- ${requirement}: ${reason}`);
  return [
    `Not in the table are the documented statements (MUSTs) that no client can observe, ${told.length} in number:`,
    told.join('\n'),
  ];
};

const formatMatrixRows = (matrix: readonly MatrixRow[]): string => {
  // How much else a fault breaks is looked at only when `proof:faulty-servers` is asked for it.
  const wide = matrix.some(({ faults }) => faults.some(({ breadth }) => breadth));
  const columns = ['statement', 'faulty server', 'killed by', 'detected by tools of others'];
  return table(
    wide ? [...columns, 'rules failed'] : columns,
    matrix.flatMap(({ requirement, statement, faults }) => {
      const stated = `${requirement}: ${statement}`;
      if (faults.length === 0) return [row(stated, '**none**', '', '', ...(wide ? [''] : []))];
      return faults.map((cell, index) =>
        row(
          index === 0 ? stated : requirement,
          ...formatMatrixCell(cell),
          ...(wide ? [formatBreadth(cell)] : []),
        ),
      );
    }),
  );
};

const formatMatrixCell = ({ fault, does, killed, by, peers }: MatrixCell): string[] => {
  const rules = killed ? by : ['**got away**', ...by];
  return [`\`${fault}\` ${does}`, rules.join(', '), peers.join(', ')];
};

const formatBreadth = ({ breadth }: MatrixCell): string =>
  breadth ? `${breadth.failed} of ${breadth.judged}` : '';

/** What other tools detect of the fleet, and at what cost, with the suite itself at the top. */
const formatPeers = ({ measured, unavailable }: PeersFigures): string[] => [
  table(
    [...detection, 'complaints about the honest server', 'what it was given'],
    measured.map((peer) => {
      const { detected, shown, unseen, brokenDown, complaints, given } = peer;
      return row(toolName(peer), detected, shown, unseen, brokenDown, complaints, given);
    }),
  ),
  'A tool detects a fault when it reports anything that it does not report of the honest server. What ' +
    'it complains of there is left out of its detections, as nobody could tell it from one; the ' +
    'column counts each such complaint once. This suite must kill the faulty server, with one seed, as ' +
    'is said under "Statement by fault". "Schemas alone" is this suite too, without its checks. Out of ' +
    'its sight is what shows in events alone, or in how keys are given out, for a tool that looks at ' +
    'neither.',
  table(
    [...whole, 'requests at all faulty servers', 'seconds there', 'at commit'],
    measured.map((peer) => {
      const { honest, faulty } = peer.cost;
      const cost = [honest.requests, honest.seconds, faulty.requests, faulty.seconds];
      return row(toolName(peer), ...cost, peer.commits.join(', '));
    }),
  ),
  'The first figures are those of one look at the honest server, with all that a tool was given: all ' +
    'rules, for those that live on rules. At a faulty server only the rules about the statement that it ' +
    'breaks are judged, and this suite stops at the first that catches it, while the tools that bring ' +
    'their own traffic do all of it again: compare tools by the first figures.',
  ...unavailable.map((peer) => `${peer.id} could not be run: ${peer.unavailable}`),
];

const detection = ['tool', 'detected', 'of', 'out of its sight', 'broke down'];
const whole = ['tool', 'requests', 'seconds'];

const toolName = ({ id, name, version }: PeerFigures): string => {
  if (id === ownId) return `**${name}**`;
  return isOwn(id) ? `${name}, of this suite` : `${name} ${version}`;
};

/** How many mutants the rules found, area by area, and what became of the others. */
const formatMutation = ({ areas, total }: MutationFigures): string[] => {
  const broken = total.brokenDown > 0;
  const titles = [
    ...['area', 'mutants', 'killed', 'timed out', 'dead', 'survived'],
    ...(broken ? ['broken down'] : []),
    ...['explained', 'unexplained', 'not judged', 'found of all judged', 'found of those visible'],
  ];
  const rows = [...Object.entries(areas), ['all', total] as const];
  return [
    'Mutants of Stryker, judged by the rules over HTTP; no unit test has a say. What no rule can judge isn’t ' +
      'mutated (the control API, the database, the playground, the command line, the wording of refusals): ' +
      'the record names each file that is left out, with the reason.',
    table(
      titles,
      rows.map(([area, score]) => formatArea(area, score, broken)),
    ),
    formatEnds(broken),
    'Found are the killed, the timed out and the dead. The first percentage is of all mutants that were ' +
      'judged. The second leaves out those that are explained: it is of the mutants that a client could ' +
      'see break the documentation. An explained one is either invisible to clients or a lawful ' +
      'difference, such as other wording or one header more; each stands with its reason in ' +
      '[`survivors.yaml`](../mutation/survivors.yaml). The reasons are written by hand: so the second one is ' +
      '100 % as soon as each survivor has one, and says no more than these reasons do. Percentages are cut ' +
      'after a decimal, never rounded up.',
  ];
};

const formatArea = (area: string, score: Score, broken: boolean): string => {
  const { mutants, killed, timedOut, dead, survived, withoutCoverage, brokenDown } = score;
  const { explained, unexplained, notJudged, found, foundOfVisible } = score;
  return row(
    ...[area, mutants, killed, timedOut, dead, survived + withoutCoverage],
    ...(broken ? [brokenDown] : []),
    ...[explained, unexplained, notJudged, `${found} %`, `${foundOfVisible} %`],
  );
};

/** The ways in which a mutant may end. */
const formatEnds = (broken: boolean): string =>
  [
    'Killed are those that a rule failed.',
    'Dead are those with which the server did not start or died, its state held nothing, requests got ' +
      'no answer, or one rule after another broke down and none passed. That they count as found is ' +
      'fair: the suite ends such a run as broken down (exit code 4) where no rule fails besides, and ' +
      'calls nothing conformant.',
    'Timed out are those with which the server ran on without an end, which ends a run likewise.',
    'Survived are those that no rule failed, with those that no rule came by.',
    ...(broken
      ? ['Broken down are those that no rule failed while some came to no end: they are not found.']
      : []),
  ].join(' ');

const names: Readonly<Record<KindFigures['kind'], string>> = {
  alternative: 'alternatives of the register, one by one',
  freedom: 'freedoms that the register does not number',
  combination: 'combinations of them',
};

/** What was said of servers that differ wherever they may. */
const formatVariantsTable = ({ commits, kinds, open, untried }: VariantsFigures): string[] => [
  table(
    [
      ...['variants', 'number', 'rules that judged one (median)', 'cleared', 'accused'],
      ...['seen to deviate from a decision', 'requests'],
    ],
    kinds.map(({ kind, variants, rules = '', cleared, accused, deviating, requests }) =>
      row(names[kind], variants, rules, cleared, accused, deviating, requests),
    ),
  ),
  ...open.map(
    ({ id, varies, because }) => `Not cleared: \`${id}\` ${varies} (${because.join(', ')}).`,
  ),
  `Judged at commit ${commits.join(' and ')}: who wasn't cleared at one is judged again at the next.`,
  'A single alternative is judged by the MUSTs near what it varies (of the same area, about the same ' +
    'operations or events), by the rules that verify the decision itself, by the ambient rules, and by ' +
    'a few that call every operation; a freedom by all MUSTs besides; a combination by all rules, and ' +
    'each variant is in a combination.',
  'Accused is whom a rule about a documented statement failed. Cleared is whom none of these failed, ' +
    'when rules passed, no rule broke down, of whatever level, and no rule about a documented statement ' +
    'verified nothing.',
  `Alternatives that no server here takes: ${untried}, each for a reason that [\`variants.json\`](variants.json) names.`,
];

/** What the suite said of the honest server, run after run. */
const formatFlakiness = (figures: FlakinessFigures): string[] => {
  const { commits, profile, beside, burden, plain, burdened, unsteady } = figures;
  const { threads, latency, jitter } = burden;
  const kinds = [
    ['without busy threads, answers on time', plain],
    [`beside ${threads} busy threads, answers ${latency} ± ${jitter} ms late`, burdened],
  ] as const;
  return [
    `The honest reference server, judged by all rules (profile \`${profile}\`), each time with another seed; ${beside} runs at a time, of either kind, at commit ${commits.join(' and ')}.`,
    table(
      ['runs', 'number', 'without any finding', 'exchanges', 'median seconds'],
      kinds.map(([kind, { runs, steady, exchanges, seconds = '' }]) =>
        row(kind, runs, steady, exchanges, seconds),
      ),
    ),
    ...unsteady.map(formatFlakyRun),
  ];
};

/** A run may break down, or be incomplete, without a rule to blame. */
const formatFlakyRun = ({
  seed,
  exitCode,
  unsteady,
}: FlakinessFigures['unsteady'][number]): string => {
  const ended = exitCode === null ? 'ended without an exit code' : `exit code ${exitCode}`;
  const rules = unsteady.length === 0 ? 'every rule that is told of passed' : unsteady.join(', ');
  return `Seed ${seed}: ${ended}; ${rules}.`;
};

/** A row of a Markdown table. */
export const row = (...cells: readonly (string | number)[]): string =>
  `| ${cells.map((cell) => escape(`${cell}`)).join(' | ')} |`;

const table = (titles: readonly string[], rows: readonly string[]): string =>
  [row(...titles), row(...titles.map(() => '---')), ...rows].join('\n');

const escape = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
