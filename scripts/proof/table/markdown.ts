import { type Part, parts } from '../harness/record.ts';
import type { Score } from '../mutation/report.ts';
import {
  type FlakinessFigures,
  isOwn,
  type KindFigures,
  type MutationFigures,
  ownId,
  type PeerFigures,
  type PeersFigures,
  type VariantsFigures,
} from './figures.ts';
import { row, table } from './markdown-table.ts';
import { matrixHeading } from './matrix.ts';
import { findLacks, type Summary } from './summary.ts';

/**
 * The published table, `results/proof.md`.
 *
 * @param matrix - its last section, which is not in the summary
 */
export const toMarkdown = (summary: Summary, matrix: string): string => {
  const { headline, parts: summaries } = summary;
  return (
    [
      '# The proof',
      'What the suite detects, and which servers it clears, as `npm run proof` last measured it. ' +
        'Each part was measured at the commit in its row; `npm run proof -- --age` says what has changed since.',
      `**${headline}.**`,
      ...formatLacks(summary),
      formatCircumstances(summary),
      'The figures are in [`summary.json`](summary.json) too.',
      '## The same faults, other tools',
      ...formatPeers(summaries.peers.figures),
      '## Mutants of the reference server',
      ...formatMutation(summaries.mutation.figures),
      '## Lawful variants',
      ...formatVariants(summaries.variants.figures),
      '## Flakiness',
      ...formatFlakiness(summaries.flakiness.figures),
      matrix.trim(),
    ].join('\n\n') + '\n'
  );
};

/** The matrix of a published table; undefined when it has none. */
export const findMatrix = (markdown: string): string | undefined => {
  const start = markdown.indexOf(`\n${matrixHeading}\n`);
  return start === -1 ? undefined : markdown.slice(start).trim();
};

const formatLacks = (summary: Summary): string[] => {
  const lacks = findLacks(summary);
  return lacks.length === 0 ? [] : ['It does not hold:', lacks.map((one) => `- ${one}`).join('\n')];
};

const formatCircumstances = ({ parts: summaries }: Summary): string =>
  table(
    ['part', 'measured', 'at commit', 'Node.js', 'cores'],
    parts.map((part: Part) => {
      const { measuredAt, commits, node, cores } = summaries[part];
      return row(part, measuredAt, commits.join(', '), node, cores);
    }),
  );

/** What other tools detect of the faulty servers, and at what cost, with this suite at the top. */
const formatPeers = ({ measured, unavailable }: PeersFigures): string[] => [
  table(
    [
      ...['tool', 'detected', 'of', 'out of its sight', 'broke down'],
      ...['complaints about the unmodified server', 'what it was given'],
    ],
    measured.map((peer) => {
      const { detected, shown, invisible, brokenDown, complaints, given } = peer;
      return row(toolName(peer), detected, shown, invisible, brokenDown, complaints, given);
    }),
  ),
  'A tool detects a fault when it reports anything that it does not report on the unmodified server. ' +
    'Complaints about the unmodified server are no detections; the column counts each of them once. ' +
    'This suite must catch the faulty server, with one seed, as defined under "Statement by fault". ' +
    '"Schemas alone" is this suite too, without its checks. Out of its sight are faults in events or ' +
    'in how keys are given out, for a tool that sees neither.',
  table(
    [
      ...['tool', 'requests', 'seconds', 'requests to all faulty servers', 'seconds there'],
      'at commit',
    ],
    measured.map((peer) => {
      const { unmodified, faulty } = peer.cost;
      const cost = [unmodified.requests, unmodified.seconds, faulty.requests, faulty.seconds];
      return row(toolName(peer), ...cost, peer.commits.join(', '));
    }),
  ),
  'The first figures are those of one run on the unmodified server, with all that a tool was given: ' +
    'all rules, for the tools that work with rules. On a faulty server only the rules about the broken ' +
    'statement run, and this suite stops at the first that catches it, while tools with their own ' +
    'traffic repeat all of it: compare tools by the first figures.',
  ...unavailable.map((peer) => `${peer.id} could not be run: ${peer.unavailable}`),
];

const toolName = ({ id, name, version }: PeerFigures): string => {
  if (id === ownId) return `**${name}**`;
  return isOwn(id) ? `${name}, of this suite` : `${name} ${version}`;
};

/** How many mutants the rules found, by area, and how the others ended. */
const formatMutation = ({ areas, total }: MutationFigures): string[] => {
  const broken = total.brokenDown > 0;
  const titles = [
    ...['area', 'mutants', 'caught', 'timed out', 'crashed', 'survived'],
    ...(broken ? ['broken down'] : []),
    ...['explained', 'unexplained', 'not judged', 'found of all judged', 'found of those visible'],
  ];
  const rows = [...Object.entries(areas), ['all', total] as const];
  return [
    'Mutants made by Stryker, judged by the rules over HTTP, without unit tests. What no rule can judge ' +
      'isn’t mutated (the control API, the database, the playground, the command line, the wording of ' +
      'refusals): [`config.ts`](../mutation/config.ts) names each excluded file, with the reason.',
    table(
      titles,
      rows.map(([area, score]) => formatArea(area, score, broken)),
    ),
    formatEnds(broken),
    'Found are the caught, the timed out and the crashed. The first percentage is of all mutants that ' +
      'were judged. The second leaves out those that are explained: it is of the mutants that a client ' +
      'could see break the documentation. An explained one is either invisible to clients or a lawful ' +
      'difference, such as other wording or one more header; [`survivors.yaml`](../mutation/survivors.yaml) ' +
      'has the reasons. They are written by hand: so the second percentage is 100 % as soon as each ' +
      'survivor has one, and is worth as much as these reasons. Percentages are rounded down to one decimal.',
  ];
};

const formatArea = (area: string, score: Score, broken: boolean): string => {
  const { mutants, caught, timedOut, crashed, survived, withoutCoverage, brokenDown } = score;
  const { explained, unexplained, notJudged, found, foundOfVisible } = score;
  return row(
    ...[area, mutants, caught, timedOut, crashed, survived + withoutCoverage],
    ...(broken ? [brokenDown] : []),
    ...[explained, unexplained, notJudged, `${found} %`, `${foundOfVisible} %`],
  );
};

/** The ways in which a mutant may end. */
const formatEnds = (broken: boolean): string =>
  [
    'Caught are those that a rule failed.',
    'Crashed are those with which the server did not start or died, its state was empty, requests got ' +
      'no response, or one rule after another broke down and none passed. They count as found, because ' +
      'the suite ends a run like that as broken down (exit code 4) if no rule fails, and calls nothing ' +
      'conformant.',
    'Timed out are those with which the server never ended, which ends a run in the same way.',
    'Survived are those that no rule failed, including those that no rule reached.',
    ...(broken
      ? ['Broken down are those that no rule failed while some broke down: they are not found.']
      : []),
  ].join(' ');

const kindNames: Readonly<Record<KindFigures['kind'], string>> = {
  alternative: 'alternatives of the register, one by one',
  variation: 'other lawful variations',
  combination: 'combinations of them',
};

/** How the rules judged servers that differ wherever the documentation allows it. */
const formatVariants = ({ kinds, untested }: VariantsFigures): string[] => [
  table(
    [
      ...['variants', 'number', 'rules that judged one (median)', 'cleared', 'accused'],
      ...['reported to deviate from a decision', 'requests'],
    ],
    kinds.map(({ kind, variants, rules = '', cleared, accused, deviating, requests }) =>
      row(kindNames[kind], variants, rules, cleared, accused, deviating, requests),
    ),
  ),
  'A variant that wasn’t cleared at one commit is judged again at the next.',
  'A single alternative is judged by the MUSTs near what it varies (of the same area, about the same ' +
    'operations or events), by the rules that verify the decision itself, by the ambient rules, and by ' +
    'a few that call every operation; another variation by all MUSTs as well; a combination by all ' +
    'rules, and each variant is in a combination.',
  'Accused are variants that a rule about a documented statement failed. Cleared are those with none of ' +
    'that, where rules passed, no rule of any level broke down, and no rule about a documented statement ' +
    'verified nothing.',
  `Alternatives that no server here takes: ${untested}; \`npm run proof:variants\` prints the reason for each.`,
];

/** How the suite judged the reference server, run after run. */
const formatFlakiness = (figures: FlakinessFigures): string[] => {
  const { profile, concurrency, load, unloaded, loaded } = figures;
  const { threads, latency, jitter } = load;
  const kinds = [
    ['without load', unloaded],
    [`with ${threads} busy threads, responses ${latency} ± ${jitter} ms late`, loaded],
  ] as const;
  return [
    `The reference server, judged by all rules (profile \`${profile}\`), each time with another seed; ${concurrency} runs at a time.`,
    table(
      ['runs', 'number', 'in which every rule passed', 'exchanges', 'median seconds'],
      kinds.map(([kind, { runs, clean, exchanges, seconds = '' }]) =>
        row(kind, runs, clean, exchanges, seconds),
      ),
    ),
  ];
};
