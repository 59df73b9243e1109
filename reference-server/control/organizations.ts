import type { Contract } from '../../openapi/contract.ts';
import { addFlow, type FlowDraft } from '../flows/rules.ts';
import { hashKey, makeKey } from '../http/access.ts';
import { ok } from '../http/handler.ts';
import { invalid, notFound } from '../http/refusals.ts';
import { newWindow } from '../state/organization.ts';
import type { State } from '../state/state.ts';
import { type ControlHandler, findOrganization, noContent, readTimestamp } from './handler.ts';

/** Creates an organisation with one member and a default flow of each type. */
export const createOrganization: ControlHandler<'createOrganization'> = ({
  body: { name, plan, rate_limit: rate },
  contract,
  state,
  services,
}) => {
  expectPlan(contract, plan);
  const organization = state.newOrganization({
    id: services.newId(),
    name,
    plan,
    rateLimit: rate ? { requests: rate.requests, windowSeconds: rate.window_seconds } : null,
  });
  state.organizations.insert(organization);
  const member = { id: services.newId(), name: firstMemberName };
  organization.members.insert(member);
  for (const flow of defaultFlows) addFlow(organization, flow, services.newId);
  return ok({ data: { id: organization.id, name, plan, members: [member] } });
};

/** Changes an organisation's plan; its data stays. */
export const changePlan: ControlHandler<'changePlan'> = ({ params, body, contract, state }) => {
  expectPlan(contract, body.plan);
  state.organizations.replace({ ...findOrganization(state, params), plan: body.plan });
  return noContent;
};

const expectPlan = ({ plans }: Contract, plan: string): void => {
  const known = Object.keys(plans);
  if (!known.includes(plan)) throw invalid(`plan must be one of ${known.join(', ')}.`);
};

/** Deletes an organisation with all its data; its API keys are unknown from then on. */
export const deleteOrganization: ControlHandler<'deleteOrganization'> = ({ params, state }) => {
  removeOrganization(state, findOrganization(state, params).id);
  return noContent;
};

/** Removes an organisation and its API keys. */
export const removeOrganization = (state: State, id: string): void => {
  for (const key of [...state.keys.by('organization', id)]) state.keys.remove(key.id);
  state.organizations.remove(id);
};

/** The member that an organisation is created with. */
const firstMemberName = 'Lotte Jansen';

/** The flows that an organisation is created with. */
export const defaultFlows: readonly FlowDraft[] = [
  {
    name: 'Recruitment Flow',
    type: 'candidate',
    is_default: true,
    stages: [
      { name: 'Sourced', deadline_days: 2, win_probability: 10, color: '#FF5C35' },
      { name: 'Screening', deadline_days: 4, win_probability: 25, color: '#F59E0B' },
      { name: 'Interview', deadline_days: 7, win_probability: 50, color: '#22C55E' },
      { name: 'Offer', deadline_days: 5, win_probability: 80, color: '#0EA5E9' },
      { name: 'Hired', win_probability: 100, color: '#6366F1' },
    ],
  },
  {
    name: 'Sales Flow',
    type: 'sales',
    is_default: true,
    stages: [
      { name: 'Lead', deadline_days: 3, win_probability: 14, color: '#FF5C35' },
      { name: 'Discovery', deadline_days: 5, win_probability: 29, color: '#22C55E' },
      { name: 'Proposal', deadline_days: 7, win_probability: 43, color: '#F59E0B' },
      { name: 'Negotiation', deadline_days: 10, win_probability: 67, color: '#0EA5E9' },
      { name: 'Contract', deadline_days: 5, win_probability: 86, color: '#8B5CF6' },
      { name: 'Closed', win_probability: 100, color: '#6366F1' },
    ],
  },
];

/** Creates an API key; only this response shows it (LG-AUT-006, LG-AUT-014 to LG-AUT-016). */
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
    throw invalid(`scopes must contain only ${known}; unknown: ${unknown.join(', ')}.`);
  }
  const key = makeKey(contract.keyPrefix, services.randomBytes);
  const id = services.newId();
  state.keys.insert({
    id,
    organization_id: organization.id,
    hash: hashKey(key),
    scopes: [...new Set(scopes)],
    expires_at: readTimestamp('expires_at', expires_at),
  });
  return ok({ data: { id, key } });
};

/** Adds a member that dossiers can be assigned to. */
export const createMember: ControlHandler<'createMember'> = ({ params, body, state, services }) => {
  const member = { id: services.newId(), name: body.name };
  findOrganization(state, params).members.insert(member);
  return ok({ data: member });
};

/** Adds a flow and returns it as the API shows it. */
export const createFlow: ControlHandler<'createFlow'> = ({ params, body, state, services }) =>
  ok({ data: addFlow(findOrganization(state, params), body, services.newId) });

/** Gives an organisation its own rate limit and a new window. */
export const setRateLimit: ControlHandler<'setRateLimit'> = ({ params, body, state }) => {
  state.organizations.replace({
    ...findOrganization(state, params),
    rateLimit: { requests: body.requests, windowSeconds: body.window_seconds },
    window: newWindow(),
  });
  return noContent;
};

/**
 * Puts a contact in the talent pool until a given time; null makes it a contact that was never in
 * the pool.
 */
export const setPoolWindow: ControlHandler<'setPoolWindow'> = ({ params, body, state }) => {
  const { contacts, poolWindows } = findOrganization(state, params);
  const { contact_id: id } = params;
  if (!contacts.get(id)) throw notFound('Contact');
  const until = readTimestamp('until', body.until);
  if (poolWindows.get(id)) poolWindows.remove(id);
  if (until !== null) poolWindows.insert({ id, until });
  return noContent;
};

/** Makes the organisation's next upload or request fail with an internal error, once. */
export const failNext: ControlHandler<'failNext'> = ({ params, body, state }) => {
  findOrganization(state, params).plannedFaults.add(body.next);
  return noContent;
};
