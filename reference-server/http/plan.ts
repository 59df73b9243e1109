import type { Plan } from '../../openapi/contract.ts';
import { Refusal } from './refusal.ts';

/**
 * Lets organisations in whose plan has access to the API (LG-PLN-001 to LG-PLN-004).
 *
 * @throws Refusal plan_required
 */
export const requirePlan = (plans: Readonly<Record<string, Plan>>, plan: string): void => {
  if (plans[plan]?.api) return;
  const enough = Object.keys(plans).filter((name) => plans[name]?.api);
  throw new Refusal(
    'plan_required',
    `The ${plan} plan has no access to the API; that takes ${enough.join(' or ')}.`,
  );
};
