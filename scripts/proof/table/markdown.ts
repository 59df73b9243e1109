import { parts } from '../record.ts';
import { tellMatrix } from './matrix-table.ts';
import { tellMutation } from './mutation-table.ts';
import { tellPeers } from './peers-table.ts';
import { row, table } from './rows.ts';
import { tellSteadiness } from './steadiness-table.ts';
import { holds, type Proof } from './summary.ts';
import { tellVariants } from './variants-table.ts';

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
    ...tellCircumstances(proof),
    '## The same faults, other tools',
    ...tellPeers(proof.peers),
    '## Mutants of the reference server',
    ...tellMutation(proof.mutation),
    '## Lawful variants',
    ...tellVariants(proof.variants),
    '## Steadiness',
    ...tellSteadiness(proof.steadiness),
    '## Statement by fault',
    ...tellMatrix(proof.matrix, proof),
  ].join('\n\n') + '\n';

const tellCircumstances = ({ parts: told }: Proof): string[] => [
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
