import { row, table } from './rows.ts';
import type { KindFigures, VariantsFigures } from './variants-figures.ts';

const names: Readonly<Record<KindFigures['kind'], string>> = {
  alternative: 'alternatives of the register, one by one',
  freedom: 'freedoms that the register does not number',
  combination: 'combinations of them',
};

/** What was said of servers that differ wherever they may. */
export const tellVariants = ({ commits, kinds, open, untried }: VariantsFigures): string[] => [
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
