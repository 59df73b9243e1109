/**
 * What users of the suite import.
 *
 * @module
 */
export { defineTarget } from './targets/description.ts';
export type {
  DescribedKeys,
  RateLimitFacts,
  SecretVariable,
  TargetDescription,
  WebhookFacts,
} from './targets/description.ts';
export type { Provision } from './targets/provision.ts';
export type { ForcedFailure as Fault, FlowDraft, Omission } from './targets/target.ts';
export { Unavailable } from './targets/target.ts';
