import type { Fault } from '../../fault.ts';
import { openToPlans } from './plans.ts';

export const plans: readonly Fault[] = openToPlans;
