import type { Rule } from '../../rule.ts';
import freePlan from './free-plan.ts';
import growthPlan from './growth-plan.ts';
import proPlan from './pro-plan.ts';

/** The rules of the area plans. */
export const plans: readonly Rule[] = [freePlan, growthPlan, proPlan];
