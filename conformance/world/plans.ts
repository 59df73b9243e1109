import type { Contract } from '../../openapi/contract.ts';

/** The plan of the contract that has API access. */
export const planWithApi = ({ plans }: Pick<Contract, 'plans'>): string => {
  const [plan] = Object.entries(plans).find(([, { api }]) => api) ?? [];
  if (plan === undefined) throw new Error('No plan of the contract has API access.');
  return plan;
};

/** The plans of the contract that have none. */
export const plansWithoutApi = ({ plans }: Pick<Contract, 'plans'>): string[] =>
  Object.entries(plans).flatMap(([plan, { api }]) => (api ? [] : [plan]));

/** How many requests the plan with API access allows, and in how many seconds. */
export const allowanceOf = (contract: Pick<Contract, 'plans'>) => {
  const allowance = contract.plans[planWithApi(contract)]?.rateLimit;
  if (!allowance) throw new Error('The contract gives the plan with API access no rate limit.');
  return allowance;
};
