import type { Contract } from '../../../openapi/contract.ts';
import type { components, operations } from '../../../openapi/generated/control.ts';
import type { ControlOperationId } from '../../control/contract.ts';
import type { ControlHandler } from '../../control/handler.ts';
import { controlHandlers } from '../../control/handlers.ts';
import { makeKey } from '../../http/access.ts';
import type { OperationHandlers, RequestOf, SuccessOf } from '../../http/handler.ts';
import { type Services, timestamp } from '../../runtime/services.ts';
import type { State } from '../../state/state.ts';
import { day } from './schedule.ts';
import type { SeededRandom } from './random.ts';

type NewFlow = components['schemas']['NewFlow'];

/** The definition of a demo organisation. */
export interface DemoDefinition {
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

export const demoDefinitions: readonly DemoDefinition[] = [
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
const randomOfKey = (random: SeededRandom, { name }: DemoDefinition, kind: KeyKind): SeededRandom =>
  random.branch(`key of ${name}: ${kind}`);

/** All keys of the demo organisations, whether they exist or not. */
export const demoKeys = (contract: Contract, random: SeededRandom): DemoKey[] =>
  demoDefinitions.flatMap((definition) =>
    definition.keys.map((kind) => ({
      organization: definition.name,
      plan: planOf(contract, definition),
      kind,
      key: makeKey(contract.keyPrefix, randomOfKey(random, definition, kind).bytes),
    })),
  );

/** The first plan with, or without, access to the API. */
const planOf = ({ plans }: Contract, { access }: DemoDefinition): string => {
  const plan = Object.keys(plans).find((name) => plans[name]?.api === access);
  if (plan === undefined) throw new Error(`No plan has api: ${String(access)}.`);
  return plan;
};

/** How long ago the expired key expired, in days. */
const daysSinceExpiry = 7;

/**
 * Creates an organisation with its members, flows and keys.
 *
 * @param today - in milliseconds since 1970
 * @returns the organisation's id, as path parameters of the control API
 */
export const addDemoOrganization = (
  target: DemoTarget,
  definition: DemoDefinition,
  today: number,
  random: SeededRandom,
): { readonly organization_id: string } => {
  const { name, members, flows } = definition;
  const performControl = createPerformControl(
    withRandom(target, random.branch(`settings of ${name}`)),
  );
  const plan = planOf(target.contract, definition);
  const { id: organization_id } = performControl('createOrganization', {
    body: { name, plan },
  }).data;
  const params = { organization_id };
  for (const member of members) performControl('createMember', { params, body: { name: member } });
  for (const flow of flows) performControl('createFlow', { params, body: flow });

  const { scopes } = target.contract;
  const keys: Record<KeyKind, { scopes: string[]; expires_at?: string }> = {
    'all scopes': { scopes: [...scopes] },
    'read-only': { scopes: scopes.filter((scope) => scope.endsWith(':read')) },
    expired: { scopes: [...scopes], expires_at: timestamp(today - daysSinceExpiry * day) },
  };
  for (const kind of definition.keys) {
    const performForKey = createPerformControl(
      withRandom(target, randomOfKey(random, definition, kind)),
    );
    performForKey('createKey', { params, body: keys[kind] });
  }
  return params;
};

/**
 * Services with other random numbers. For a key, the first bytes become the key and the next ones
 * its id.
 */
const withRandom = (target: DemoTarget, { id, bytes }: SeededRandom): DemoTarget => ({
  ...target,
  services: { ...target.services, newId: id, randomBytes: bytes },
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
  (target: DemoTarget): PerformControl =>
  <Id extends ControlOperationId>(
    id: Id,
    input: Partial<Pick<RequestOf<operations[Id]>, 'params' | 'body'>>,
  ) => {
    const handler: ControlHandler<Id> = controlHandlers[id];
    const request = { ...input, ...target, capabilities: [] };
    return handler(request as unknown as Parameters<ControlHandler<Id>>[0]).body;
  };
