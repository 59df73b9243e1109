import type { Contract } from '../../../openapi/contract.ts';
import type { components, operations } from '../../../openapi/generated/control.ts';
import type { ControlOperationId } from '../../control/contract.ts';
import type { ControlHandler } from '../../control/handler.ts';
import { controlHandlers } from '../../control/handlers.ts';
import { makeKey } from '../../http/access.ts';
import type { OperationHandlers, RequestOf, SuccessOf } from '../../http/handler.ts';
import { type Services, timestamp } from '../../runtime/services.ts';
import type { State } from '../../state/state.ts';
import { day } from './agenda.ts';
import type { SeededRandom } from './random.ts';

type NewFlow = components['schemas']['NewFlow'];

/** The definition of a demo organisation. */
export interface Blueprint {
  readonly name: string;
  /** Whether its plan has access to the API. */
  readonly access: boolean;
  readonly members: readonly string[];
  /** The number of contacts in its network. */
  readonly contacts: number;
  /** The number of dossiers by the name of their flow. */
  readonly dossiers: Readonly<Record<string, number>>;
  /** Flows in addition to the default ones. */
  readonly flows: readonly NewFlow[];
  readonly keys: readonly KeyKind[];
}

/** The purpose of a demo key. */
export type KeyKind = 'all scopes' | 'read-only' | 'expired';

const freelancers: NewFlow = {
  name: 'Freelancers',
  type: 'candidate',
  is_default: false,
  stages: [
    { name: 'Intake', deadline_days: 2, win_probability: 30, color: '#0EA5E9' },
    { name: 'Matched', deadline_days: 5, win_probability: 70, color: '#22C55E' },
    { name: 'On assignment', win_probability: 100, color: '#6366F1' },
  ],
};

/** A flow without optional fields. */
const partnerships: NewFlow = {
  name: 'Partnerships',
  type: 'sales',
  is_default: false,
  stages: [{ name: 'First contact' }, { name: 'Agreement' }],
};

export const blueprints: readonly Blueprint[] = [
  {
    name: 'Brug & Boog Recruitment',
    access: true,
    members: ['Joris Smit', 'Samira El Idrissi', 'Thijs Veenstra'],
    contacts: 16,
    dossiers: { 'Recruitment Flow': 22, 'Sales Flow': 17 },
    flows: [],
    keys: ['all scopes', 'read-only', 'expired'],
  },
  {
    name: 'Halte Zuid Detachering',
    access: true,
    members: ['Marleen Bosch'],
    contacts: 6,
    dossiers: { 'Recruitment Flow': 5, Freelancers: 4, 'Sales Flow': 4, Partnerships: 2 },
    flows: [freelancers, partnerships],
    keys: ['all scopes'],
  },
  {
    name: 'Zolderkamer',
    access: false,
    members: [],
    contacts: 0,
    dossiers: {},
    flows: [],
    keys: ['all scopes'],
  },
];

/** A key of a demo organisation. */
export interface DemoKey {
  readonly organization: string;
  readonly plan: string;
  readonly kind: KeyKind;
  readonly key: string;
}

/** The random numbers of a key: the same seed always gives the same keys. */
const keyChance = (chance: SeededRandom, { name }: Blueprint, kind: KeyKind): SeededRandom =>
  chance.branch(`key of ${name}: ${kind}`);

/** All keys of the demo organisations, whether they exist or not. */
export const demoKeys = (contract: Contract, chance: SeededRandom): DemoKey[] =>
  blueprints.flatMap((blueprint) =>
    blueprint.keys.map((kind) => ({
      organization: blueprint.name,
      plan: planOf(contract, blueprint),
      kind,
      key: makeKey(contract.keyPrefix, keyChance(chance, blueprint, kind).bytes),
    })),
  );

/** The first plan with, or without, access to the API. */
const planOf = ({ plans }: Contract, { access }: Blueprint): string => {
  const plan = Object.keys(plans).find((name) => plans[name]?.api === access);
  if (plan === undefined) throw new Error(`No plan has api: ${String(access)}.`);
  return plan;
};

/** How long ago the expired key expired, in days. */
const expired = 7;

/**
 * Creates an organisation with its members, flows and keys.
 *
 * @param today - in milliseconds since 1970
 * @returns the organisation's id, as path parameters of the control API
 */
export const addDemoOrganization = (
  ground: DemoTarget,
  blueprint: Blueprint,
  today: number,
  chance: SeededRandom,
): { readonly organization_id: string } => {
  const { name, members, flows } = blueprint;
  const settings = createPerformControl(withChance(ground, chance.branch(`settings of ${name}`)));
  const plan = planOf(ground.contract, blueprint);
  const { id: organization_id } = settings('createOrganization', { body: { name, plan } }).data;
  const params = { organization_id };
  for (const member of members) settings('createMember', { params, body: { name: member } });
  for (const flow of flows) settings('createFlow', { params, body: flow });

  const { scopes } = ground.contract;
  const keys: Record<KeyKind, { scopes: string[]; expires_at?: string }> = {
    'all scopes': { scopes: [...scopes] },
    'read-only': { scopes: scopes.filter((scope) => scope.endsWith(':read')) },
    expired: { scopes: [...scopes], expires_at: timestamp(today - expired * day) },
  };
  for (const kind of blueprint.keys) {
    const settle = createPerformControl(withChance(ground, keyChance(chance, blueprint, kind)));
    settle('createKey', { params, body: keys[kind] });
  }
  return params;
};

/**
 * Services with other random numbers. For a key, the first bytes become the key and the next ones
 * its id.
 */
const withChance = (ground: DemoTarget, { id, bytes }: SeededRandom): DemoTarget => ({
  ...ground,
  services: { ...ground.services, newId: id, randomBytes: bytes },
});

/** The installation that the demo data is created in. */
export interface DemoTarget {
  /** The handlers of the API. */
  readonly handlers: OperationHandlers;
  readonly contract: Contract;
  readonly state: State;
  readonly services: Services;
}

/** Performs an operation of the control API, by its handler. */
export type PerformControl = <Id extends ControlOperationId>(
  id: Id,
  input: Partial<Pick<RequestOf<operations[Id]>, 'params' | 'body'>>,
) => SuccessOf<operations[Id]>;

export const createPerformControl =
  (ground: DemoTarget): PerformControl =>
  <Id extends ControlOperationId>(
    id: Id,
    input: Partial<Pick<RequestOf<operations[Id]>, 'params' | 'body'>>,
  ) => {
    const handler: ControlHandler<Id> = controlHandlers[id];
    const request = { ...input, ...ground, capabilities: [] };
    return handler(request as unknown as Parameters<ControlHandler<Id>>[0]).body;
  };
