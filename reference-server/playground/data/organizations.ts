import type { components } from '../../../openapi/generated/control.ts';

type NewFlow = components['schemas']['NewFlow'];

/** What an organisation is made of. */
export interface Blueprint {
  readonly name: string;
  /** Whether its plan has access to the API. */
  readonly access: boolean;
  readonly members: readonly string[];
  /** People of the network, whether they are on a dossier or not. */
  readonly contacts: number;
  /** How many dossiers a flow gets, by its name. */
  readonly dossiers: Readonly<Record<string, number>>;
  /** Flows beside the default ones. */
  readonly flows: readonly NewFlow[];
  readonly keys: readonly KeyKind[];
}

/** What a key is for. */
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

/** A flow with nothing but names, as it may be too. */
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
