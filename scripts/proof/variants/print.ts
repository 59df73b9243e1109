import type { VariantResult, VariantsResult } from './result.ts';

/** A variant in a line, and a line for each thing that was said of it. */
export const printVariant = (result: VariantResult): string => {
  const { id, cleared, deviations, rules, requests, seconds } = result;
  const cost = `${rules} rules, ${requests} requests, ${seconds} s`;
  const head = `${cleared ? 'cleared' : 'NOT CLEARED'} ${id} (${cost}) ${deviations.join(' ')}`;
  return [head.trimEnd(), ...explainOpen(result), ...explainSeen(result)].join('\n');
};

/** What keeps it from being cleared, or might. */
const explainOpen = ({ accusations, errors, unverified }: VariantResult): string[] => [
  ...accusations.map(
    ({ rule, verifies, expected, actual }) =>
      `  ${rule} (${verifies.join(', ')}): expected ${expected} | actual ${actual}`,
  ),
  ...errors.map(({ rule, reason }) => `  ${rule} broke down: ${reason}`),
  ...unverified.map(
    ({ rule, level, reason }) => `  ${rule} (${level}) verified nothing: ${reason}`,
  ),
];

/** What the rules about decisions saw of it, and didn't. */
const explainSeen = ({ unexpected, unnoticed }: VariantResult): string[] => [
  ...(unexpected.length > 0 ? [`  beside what it varies: ${unexpected.join(' ')}`] : []),
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
  const open = variants.filter(({ cleared }) => !cleared);
  const single = variants.filter(({ kind }) => kind !== 'combination');
  const blind = single.filter(({ unnoticed }) =>
    unnoticed.some(({ because }) => because === undefined),
  );
  const wide = single.filter(({ unexpected }) => unexpected.length > 0);
  const lines = [
    `${variants.length - open.length} of ${variants.length} variants cleared.`,
    ...open.map(({ id }) => `  ${id} was not cleared.`),
    `${blind.length} single variants take a decision otherwise, and nobody knows why no rule noticed.`,
    `${wide.length} single variants deviate beside what they vary.`,
    ...untried.map(({ id, reason }) => `  Not tried: ${id}. ${reason}`),
  ];
  return { text: lines.join('\n'), sound: open.length === 0 };
};
