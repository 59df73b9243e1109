import type { TargetOrganization } from './target.ts';

const needs = (what: string, capability: string) => (): never => {
  throw new Error(`${what} need the capability ${capability}.`);
};

/** An organisation that can do nothing that takes more than the API itself. */
export const helpless: TargetOrganization = {
  members: [],
  key: needs('Keys', 'scoped-keys'),
  createMember: needs('Members of its own making', 'more-members'),
  createFlow: needs('Flows of its own making', 'flows'),
  setRateLimit: needs('Rate limits of its own setting', 'rate-limit'),
  setPoolWindow: needs('Contacts put in the talent pool', 'talent-pool'),
  changePlan: needs('Plans that change', 'plan-change'),
  failNext: needs('Failures when told to', 'faults'),
  createEndpoint: needs('Webhook endpoints', 'webhooks'),
  release: () => Promise.resolve(false),
};
