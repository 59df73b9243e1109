import type { Circumstances } from '../record.ts';
import { isSteady } from '../steadiness/result.ts';
import { tellMutation } from './mutation-table.ts';
import { tellPeers } from './peers-table.ts';
import type { MatrixCell, MatrixRow } from './matrix.ts';
import { row, table } from './rows.ts';
import { holds, type Proof } from './summary.ts';
import { tellVariants } from './variants-table.ts';

/** The published table. */
export const toMarkdown = (proof: Proof): string =>
  [
    '# The proof',
    `What the suite detects, and whom it clears, as \`npm run proof\` last measured it.`,
    `**${proof.headline}.**`,
    ...(holds(proof) ? [] : [`It does not hold:`, proof.lacks.map((one) => `- ${one}`).join('\n')]),
    tellCircumstances(proof),
    '## The same faults, other tools',
    ...tellPeers(proof),
    '## Mutants of the reference server',
    ...tellMutation(proof.records.mutation),
    '## Lawful variants',
    ...tellVariants(proof.records.variants),
    '## Steadiness',
    ...tellSteadiness(proof),
    '## Statement by fault',
    'Each documented statement that a client can see, with the servers that break it, the rules that ' +
      'killed them for that reason, and the other tools that detect them.',
    tellMatrix(proof.matrix),
  ].join('\n\n') + '\n';

const tellCircumstances = ({ records }: Proof): string => {
  const parts: (readonly [string, Circumstances])[] = [
    ['fleet', records.fleet.circumstances],
    ['other tools', records.peers.circumstances],
    ['mutants', records.mutation.circumstances],
    ['variants', records.variants.circumstances],
    ['steadiness', records.steadiness.circumstances],
  ];
  return table(
    ['part', 'measured', 'at commit', 'Node.js', 'cores'],
    parts.map(([part, { measuredAt, commit, node, cores }]) =>
      row(part, measuredAt, commit, node, cores),
    ),
  );
};

const tellSteadiness = ({ records: { steadiness } }: Proof): string[] => {
  const { plain, burdened, burden, profile, beside } = steadiness;
  const { threads, latency, jitter } = burden;
  const kinds = [
    ['on its own', plain],
    [`beside ${threads} busy threads, answers ${latency} ± ${jitter} ms late`, burdened],
  ] as const;
  return [
    `The honest reference server, judged by all rules (profile \`${profile}\`), each time with another seed, ${beside} at a time.`,
    table(
      ['runs', 'number', 'without any finding', 'exchanges', 'median seconds'],
      kinds.map(([kind, runs]) =>
        row(
          kind,
          runs.length,
          runs.filter(isSteady).length,
          runs.reduce((sum, { exchanges }) => sum + exchanges, 0),
          median(runs.map(({ seconds }) => seconds)),
        ),
      ),
    ),
    ...[...plain, ...burdened]
      .filter((run) => !isSteady(run))
      .map(({ seed, unsteady }) => `Seed ${seed}: ${unsteady.join(', ')}.`),
  ];
};

const median = (numbers: readonly number[]): number | string =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? '';

const tellMatrix = (matrix: readonly MatrixRow[]): string => {
  // How much else a fault breaks is looked at only when `proof:fleet` is asked for it.
  const wide = matrix.some(({ faults }) => faults.some(({ breadth }) => breadth));
  const columns = ['statement', 'faulty server', 'killed by', 'detected by others'];
  return table(
    wide ? [...columns, 'rules failed'] : columns,
    matrix.flatMap(({ requirement, faults }) =>
      faults.length === 0
        ? [row(requirement, '**none**', '', '', ...(wide ? [''] : []))]
        : faults.map((cell) =>
            row(requirement, ...tellCell(cell), ...(wide ? [narrow(cell)] : [])),
          ),
    ),
  );
};

const tellCell = ({ fault, does, killed, by, peers }: MatrixCell): string[] => {
  const rules = killed ? by : ['**got away**', ...by];
  return [`\`${fault}\` ${does}`, rules.join(', '), peers.join(', ')];
};

const narrow = ({ breadth }: MatrixCell): string =>
  breadth ? `${breadth.failed} of ${breadth.judged}` : '';
