import type { VariantResult, VariantsResult } from '../variants/result.ts';
import { median } from './median.ts';

/** How the variants of one kind fared. */
export interface KindFigures {
  readonly kind: VariantResult['kind'];
  readonly variants: number;
  /** How many rules judged one of them: the median. */
  readonly rules: number | undefined;
  readonly cleared: number;
  readonly accused: number;
  /** Those that were seen to take a decision otherwise. */
  readonly deviating: number;
  readonly requests: number;
}

/** A variant that wasn't cleared. */
interface OpenVariant extends Pick<VariantResult, 'id' | 'varies'> {
  readonly because: readonly string[];
}

export interface VariantsFigures extends Pick<VariantsResult, 'commits'> {
  readonly kinds: readonly KindFigures[];
  readonly open: readonly OpenVariant[];
  /** How many alternatives no server here takes. */
  readonly untried: number;
}

const kinds = ['alternative', 'freedom', 'combination'] as const;

export const countVariants = ({ commits, variants, untried }: VariantsResult): VariantsFigures => ({
  commits,
  kinds: kinds.map((kind) =>
    countKind(
      kind,
      variants.filter((one) => one.kind === kind),
    ),
  ),
  open: variants.filter(({ cleared }) => !cleared).map(explainOpen),
  untried: untried.length,
});

const countKind = (kind: VariantResult['kind'], these: readonly VariantResult[]): KindFigures => ({
  kind,
  variants: these.length,
  rules: median(these.map(({ rules }) => rules)),
  cleared: these.filter(({ cleared }) => cleared).length,
  accused: these.filter(({ accusations }) => accusations.length > 0).length,
  deviating: these.filter(({ deviations }) => deviations.length > 0).length,
  requests: these.reduce((sum, { requests }) => sum + requests, 0),
});

/** What kept it from being cleared, as `variants/verdict.ts` sees it. */
const explainOpen = (result: VariantResult): OpenVariant => {
  const { id, varies, accusations, errors, unverified } = result;
  const musts = unverified.filter(({ level }) => level === 'MUST');
  const because = [
    ...accusations.map(({ rule }) => `${rule} failed`),
    ...errors.map(({ rule }) => `${rule} broke down`),
    ...musts.map(({ rule }) => `${rule} verified nothing`),
  ];
  return { id, varies, because: because.length > 0 ? because : ['no rule passed'] };
};
