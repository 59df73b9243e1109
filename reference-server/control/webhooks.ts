import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import { findOrganization, type ControlHandler } from './handler.ts';

/** How secrets begin, so that they are known for what they are. */
export const secretPrefix = 'whsec_';

/** Enough that nobody guesses one. */
const randomBytesOfASecret = 24;

/** Adds an endpoint with a secret of its own (LG-SIG-011, LG-WEB-035). */
export const createWebhookEndpoint: ControlHandler<'createWebhookEndpoint'> = ({
  params,
  body: { url },
  state,
  services,
}) => {
  const organization = findOrganization(state, params);
  if (!/^https?:/i.test(url) || !URL.canParse(url)) {
    throw invalid('url must be an address that begins with http:// or https://.');
  }
  const random = services.randomBytes(randomBytesOfASecret).toString('base64url');
  const secret = `${secretPrefix}${random}`;
  const endpoint = { id: services.newId(), url, secret };
  organization.webhookEndpoints.insert(endpoint);
  return ok({ data: endpoint });
};

/** Answers every attempt to deliver an event, the oldest first. */
export const listDeliveries: ControlHandler<'listDeliveries'> = ({ params, state }) => {
  const { deliveryAttempts } = findOrganization(state, params);
  return ok({ data: [...deliveryAttempts.rows].map(({ id: _, ...attempt }) => attempt) });
};
