import { row, table } from './rows.ts';
import type { Proof } from './summary.ts';

/** What was said of servers that differ wherever they may. */
export const tellVariants = ({ variants, untried }: Proof['records']['variants']): string[] => {
  const kinds = [
    ['alternatives of the register, one by one', 'alternative'],
    ['freedoms that the register does not number', 'freedom'],
    ['combinations of them', 'combination'],
  ] as const;
  const open = variants.filter(({ cleared }) => !cleared);
  return [
    table(
      ['variants', 'number', 'cleared', 'accused', 'seen to deviate from a decision', 'requests'],
      kinds.map(([told, kind]) => {
        const these = variants.filter((one) => one.kind === kind);
        const cleared = these.filter((one) => one.cleared).length;
        const deviating = these.filter(({ deviations }) => deviations.length > 0).length;
        const accused = these.filter(({ accusations }) => accusations.length > 0).length;
        const requests = these.reduce((sum, one) => sum + one.requests, 0);
        return row(told, these.length, cleared, accused, deviating, requests);
      }),
    ),
    ...open.map(({ id, varies, accusations, errors, unverified }) => {
      const rules = [...accusations, ...errors, ...unverified].map(({ rule }) => rule).join(', ');
      return `Not cleared: \`${id}\` ${varies} (${rules}).`;
    }),
    'Accused is whom a rule about a documented statement failed. Cleared is whom none did, and no such ' +
      'rule broke down or verified nothing.',
    `${untried.length} alternatives are taken by no server here, each for a reason that the record names.`,
  ];
};
