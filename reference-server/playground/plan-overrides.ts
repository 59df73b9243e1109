import type { Contract, Plan } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { ControlContract } from '../control/contract.ts';
import { describeProblem } from '../http/validation-messages.ts';
import { UsageError } from '../runtime/errors.ts';
import type { RateLimit } from '../state/records.ts';

/**
 * The contract with another rate limit for the plans that have one.
 *
 * @throws UsageError for a limit that the control API would refuse too
 */
export const withRateLimit = (
  contract: Contract,
  control: ControlContract,
  overrides: Partial<RateLimit> | undefined,
): Contract => {
  if (overrides === undefined) return contract;
  const validate = createSchemaCompiler(control.document, { verbose: true })(
    '#/components/schemas/RateLimit',
  );
  const change = (plan: Plan): Plan => {
    if (!plan.rateLimit) return plan;
    const rateLimit = { ...plan.rateLimit, ...overrides };
    if (!validate({ requests: rateLimit.requests, window_seconds: rateLimit.windowSeconds })) {
      const problem = describeProblem(validate.errors, 'The limit');
      throw new UsageError(`--rate-limit is out of range: ${problem}`);
    }
    return { ...plan, rateLimit };
  };
  const plans = Object.entries(contract.plans).map(([name, plan]) => [name, change(plan)]);
  return { ...contract, plans: Object.fromEntries(plans) as Contract['plans'] };
};
