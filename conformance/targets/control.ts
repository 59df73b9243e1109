import createClient from 'openapi-fetch';
import type { paths } from '../../openapi/generated/control.ts';
import { misuse } from '../breakdown.ts';
import { answered, makeOrganization, type ControlOptions } from './control-organization.ts';
import type { Capability, Target } from './target.ts';

/** What of the control API each capability stands on. */
const foundations: Readonly<Record<Capability, readonly string[]>> = {
  'scoped-keys': ['createOrganization', 'createKey'],
  'expired-key': ['createOrganization', 'createKey'],
  'expiring-keys': ['createOrganization', 'createKey', 'getClock'],
  'free-plan': ['createOrganization', 'createKey'],
  'pro-plan': ['createOrganization', 'createKey'],
  'second-organization': ['createOrganization', 'createKey'],
  'fresh-organizations': ['createOrganization', 'createKey'],
  flows: ['createFlow'],
  members: ['createOrganization'],
  'more-members': ['createMember'],
  'rate-limit': ['setRateLimit'],
  'spendable-rate-limit': ['createOrganization', 'setRateLimit'],
  'talent-pool': ['setPoolWindow', 'getClock'],
  'plan-change': ['changePlan'],
  faults: ['failNext'],
  webhooks: ['createWebhookEndpoint'],
  'own-endpoints': ['createWebhookEndpoint'],
};

/**
 * The part of a target that its control API provides: an organisation for each property run, and
 * keys of any kind.
 *
 * @throws Breakdown when the control API doesn't answer as its contract says, or is of no use
 */
export const provisionByControl = async (
  options: ControlOptions,
): Promise<Pick<Target, 'offers' | 'organization' | 'intention'>> => {
  const { url: baseUrl, token, fetch } = options;
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const api = createClient<paths>({ baseUrl, fetch, headers });
  const { data } = await answered(baseUrl, api.GET('/capabilities'));
  const offered = Object.entries(foundations)
    .filter(([, operations]) => operations.every((one) => data.operations.includes(one)))
    .map(([capability]) => capability as Capability);
  if (!offered.includes('fresh-organizations')) {
    throw misuse(
      `The control API at ${baseUrl} makes no organisations and keys, so nothing can be done with ` +
        'it. Leave it out, and name keys instead.',
    );
  }
  return {
    intention: 'Organisations are created there, and deleted afterwards.',
    offers: new Set(offered),
    organization: (wish) => makeOrganization(api, wish, options),
  };
};
