import type { Contract, Plan } from '../../openapi/contract.ts';
import type { RateLimit } from '../state/records.ts';

/** The contract with other figures for the plans that have a rate limit. */
export const withRateLimit = (contract: Contract, figures: Partial<RateLimit>): Contract => {
  const change = (plan: Plan): Plan =>
    plan.rateLimit ? { ...plan, rateLimit: { ...plan.rateLimit, ...figures } } : plan;
  const plans = Object.entries(contract.plans).map(([name, plan]) => [name, change(plan)]);
  return { ...contract, plans: Object.fromEntries(plans) as Contract['plans'] };
};
