import { addFlow } from '../flows/rules.ts';
import { hashKey, makeKey } from '../http/api-key.ts';
import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import { newWindow } from '../state/organization.ts';
import { done, findOrganization, type ControlHandler } from './handler.ts';
import { readMoment } from './moment.ts';

/** Creates a key; only its answer ever shows it (LG-AUT-006, LG-AUT-014 to LG-AUT-016). */
export const createKey: ControlHandler<'createKey'> = ({
  params,
  body: { scopes, expires_at },
  contract,
  state,
  services,
}) => {
  const organization = findOrganization(state, params);
  const unknown = scopes.filter((scope) => !contract.scopes.includes(scope));
  if (unknown.length > 0) {
    const known = contract.scopes.join(', ');
    throw invalid(`scopes names ${unknown.join(', ')}; there are ${known}.`);
  }
  const key = makeKey(contract.keyPrefix, services.randomBytes);
  const id = services.newId();
  state.keys.insert({
    id,
    organization_id: organization.id,
    hash: hashKey(key),
    scopes: [...new Set(scopes)],
    expires_at: readMoment('expires_at', expires_at),
  });
  return ok({ data: { id, key } });
};

/** Adds a member that dossiers can be assigned to. */
export const createMember: ControlHandler<'createMember'> = ({ params, body, state, services }) => {
  const member = { id: services.newId(), name: body.name };
  findOrganization(state, params).members.insert(member);
  return ok({ data: member });
};

/** Adds a flow, and answers it as the API shows it. */
export const createFlow: ControlHandler<'createFlow'> = ({ params, body, state, services }) =>
  ok({ data: addFlow(findOrganization(state, params), body, services.newId) });

/** Gives an organisation figures of its own, and a new window. */
export const setRateLimit: ControlHandler<'setRateLimit'> = ({ params, body, state }) => {
  state.organizations.replace({
    ...findOrganization(state, params),
    rateLimit: { requests: body.requests, windowSeconds: body.window_seconds },
    window: newWindow(),
  });
  return done;
};
