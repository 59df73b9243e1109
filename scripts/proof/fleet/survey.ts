import { rules } from '../../../conformance/rules/index.ts';
import type { Bench } from './bench.ts';
import { chooseRules } from './choice.ts';
import type { Fault } from './fault.ts';

/** A look at all that a fault breaks. */
export interface Survey {
  /** How many rules were judged. */
  readonly judged: number;
  /** Those that failed, a MUST or a SHOULD. */
  readonly failed: readonly string[];
}

/**
 * Judges a faulty server by all rules of the areas that its fault concerns, to the end: how narrow a
 * fault is shows in how few of them fail.
 */
export const surveyFault = async (
  fault: Fault,
  bench: Bench,
  sampling: { readonly seed: number; readonly runs: number },
): Promise<Survey> => {
  const areas = new Set(chooseRules(fault.breaks).map(({ id }) => areaOf(id)));
  areas.add(areaOf(fault.id));
  const judged = rules.filter(({ id }) => areas.has(areaOf(id)));
  const { outcomes } = await bench.judge(fault, { rules: judged, ...sampling });
  const failed = outcomes.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
  return { judged: judged.length, failed };
};

const areaOf = (id: string): string => id.slice(0, id.indexOf('/'));
