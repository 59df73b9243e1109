import type { VariantResult, VariantsResult } from './result.ts';

/** A variant in a line, and a line for each thing that was said against it. */
export const printVariant = (result: VariantResult): string => {
  const { id, cleared, deviations, rules, requests, seconds } = result;
  const cost = `${rules} rules, ${requests} requests, ${seconds} s`;
  const head = `${cleared ? 'cleared' : 'ACCUSED'} ${id} (${cost}) ${deviations.join(' ')}`;
  return [head.trimEnd(), ...explain(result)].join('\n');
};

const explain = ({ accusations, errors, unnoticed }: VariantResult): string[] => [
  ...accusations.map(
    ({ rule, verifies, expected, actual }) =>
      `  ${rule} (${verifies.join(', ')}): expected ${expected} | actual ${actual}`,
  ),
  ...errors.map(({ rule, reason }) => `  ${rule} broke down: ${reason}`),
  ...unnoticed.map(
    ({ decision, by, because = 'why is not known' }) =>
      `  ${decision} was not noticed by ${by.join(', ')}: ${because}`,
  ),
];

/** What came of all of them, and whether each was cleared. */
export const printVariants = ({
  variants,
  untried,
}: VariantsResult): { text: string; sound: boolean } => {
  const accused = variants.filter(({ cleared }) => !cleared);
  const blind = variants.filter(
    ({ kind, unnoticed }) =>
      kind !== 'combination' && unnoticed.some(({ because }) => because === undefined),
  );
  const lines = [
    `${variants.length - accused.length} of ${variants.length} variants cleared.`,
    ...accused.map(({ id }) => `  ${id} was accused.`),
    `${blind.length} single variants take a decision otherwise, and nobody knows why no rule noticed.`,
    ...untried.map(({ id, reason }) => `  Not tried: ${id}. ${reason}`),
  ];
  return { text: lines.join('\n'), sound: accused.length === 0 };
};
