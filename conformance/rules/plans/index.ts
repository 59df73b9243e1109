import type { Rule } from '../../rule.ts';
import changedPlan from './changed-plan.ts';
import formNoEffect from './form-no-effect.ts';
import forms from './forms.ts';
import freePlan from './free-plan.ts';
import growthPlan from './growth-plan.ts';
import noEffect from './no-effect.ts';
import proPlan from './pro-plan.ts';
import stages from './stages.ts';

/** The rules of the area plans. */
export const plans: readonly Rule[] = [
  changedPlan,
  formNoEffect,
  forms,
  freePlan,
  growthPlan,
  noEffect,
  proPlan,
  stages,
];
