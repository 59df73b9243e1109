import type { Contract } from '../../openapi/contract.ts';
import { addFlow } from '../flows/rules.ts';
import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import type { State } from '../state/state.ts';
import { defaultFlows, firstMemberName } from './new-organization.ts';
import { done, findOrganization, type ControlHandler } from './handler.ts';

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

/** Puts an organisation on another plan; all that is in it stays. */
export const changePlan: ControlHandler<'changePlan'> = ({ params, body, contract, state }) => {
  expectPlan(contract, body.plan);
  state.organizations.replace({ ...findOrganization(state, params), plan: body.plan });
  return done;
};

const expectPlan = ({ plans }: Contract, plan: string): void => {
  const known = Object.keys(plans);
  if (!known.includes(plan)) throw invalid(`plan must be one of ${known.join(', ')}.`);
};

/** Deletes an organisation with all that is in it; its keys are unknown from then on. */
export const deleteOrganization: ControlHandler<'deleteOrganization'> = ({ params, state }) => {
  removeOrganization(state, findOrganization(state, params).id);
  return done;
};

/** Takes an organisation and its keys away. */
export const removeOrganization = (state: State, id: string): void => {
  for (const key of [...state.keys.by('organization', id)]) state.keys.remove(key.id);
  state.organizations.remove(id);
};
