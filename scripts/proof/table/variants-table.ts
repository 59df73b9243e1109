import { row, table } from './rows.ts';
import type { Proof } from './summary.ts';

/** What was said of servers that differ wherever they may. */
export const tellVariants = ({ variants, untried }: Proof['records']['variants']): string[] => {
  const kinds = [
    ['alternatives of the register, one by one', 'alternative'],
    ['freedoms that the register does not number', 'freedom'],
    ['combinations of them', 'combination'],
  ] as const;
  const accused = variants.filter(({ cleared }) => !cleared);
  return [
    table(
      ['variants', 'number', 'cleared', 'accused', 'seen to deviate from a decision', 'requests'],
      kinds.map(([told, kind]) => {
        const these = variants.filter((one) => one.kind === kind);
        const cleared = these.filter((one) => one.cleared).length;
        const deviating = these.filter(({ deviations }) => deviations.length > 0).length;
        const requests = these.reduce((sum, one) => sum + one.requests, 0);
        return row(told, these.length, cleared, these.length - cleared, deviating, requests);
      }),
    ),
    ...accused.map(({ id, varies, accusations, errors }) => {
      const rules = [...accusations, ...errors].map(({ rule }) => rule).join(', ');
      return `Accused: \`${id}\` ${varies} (${rules}).`;
    }),
    `${untried.length} alternatives are taken by no server here, each for a reason that the record names.`,
  ];
};
