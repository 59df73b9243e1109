import type {
  Contact,
  Cv,
  DeliveryAttempt,
  Dossier,
  Flow,
  Link,
  Member,
  Note,
  PendingDelivery,
  PoolWindow,
  RateLimit,
  WebhookEndpoint,
} from './records.ts';
import { type Index, Table } from './table.ts';
import type { Journal } from './transaction.ts';

/** The current rate window. It counts refused requests too, so transactions don't undo it. */
export interface RateWindow {
  /** In milliseconds since 1970; undefined before the first request. */
  openedAt: number | undefined;
  spent: number;
}

/** What fails next, once, if a test planned it (`failNext` of the control API). */
export type PlannedFault = 'upload' | 'request';

/**
 * An organisation with all its data. A handler receives one and can't reach another's data
 * (LG-AUT-011, LG-ERR-017 to LG-ERR-019).
 */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  /** Overrides the plan's limit; null for the plan's. */
  readonly rateLimit: RateLimit | null;
  readonly window: RateWindow;
  /** Each fault occurs once, even if its request is undone, so transactions don't restore them. */
  readonly plannedFaults: Set<PlannedFault>;
  readonly members: Table<Member>;
  readonly flows: Table<Flow, 'default'>;
  readonly contacts: Table<Contact, ContactIndex>;
  readonly poolWindows: Table<PoolWindow>;
  readonly links: Table<Link, 'dossier' | 'contact' | 'primary'>;
  readonly dossiers: Table<Dossier, DossierIndex>;
  readonly cvs: Table<Cv>;
  readonly notes: Table<Note, 'dossier'>;
  readonly webhookEndpoints: Table<WebhookEndpoint>;
  readonly pendingDeliveries: Table<PendingDelivery, 'endpoint'>;
  readonly deliveryAttempts: Table<DeliveryAttempt>;
}

/** The form in which e-mail addresses are compared: ignoring case. */
export const emailKey = (email: string): string => email.toLowerCase();

export const newWindow = (): RateWindow => ({ openedAt: undefined, spent: 0 });

/** A new organisation with empty tables. */
export const emptyOrganization = (
  journal: Journal,
  { id, name, plan, rateLimit }: Pick<Organization, 'id' | 'name' | 'plan' | 'rateLimit'>,
): Organization => {
  const options = <Indexes extends object>(table: string, indexes: Indexes) => ({
    journal,
    name: table,
    organizationId: id,
    indexes,
  });
  return {
    id,
    name,
    plan,
    rateLimit,
    window: newWindow(),
    plannedFaults: new Set(),
    members: new Table<Member>(options('members', {})),
    flows: new Table(options('flows', flowIndexes)),
    contacts: new Table(options('contacts', contactIndexes)),
    poolWindows: new Table<PoolWindow>(options('poolWindows', {})),
    links: new Table(options('links', linkIndexes)),
    dossiers: new Table(options('dossiers', dossierIndexes)),
    cvs: new Table<Cv>(options('cvs', {})),
    notes: new Table(options('notes', noteIndexes)),
    webhookEndpoints: new Table<WebhookEndpoint>(options('webhookEndpoints', {})),
    pendingDeliveries: new Table(options('pendingDeliveries', pendingIndexes)),
    deliveryAttempts: new Table<DeliveryAttempt>(options('deliveryAttempts', {})),
  };
};

const flowIndexes: Record<'default', Index<Flow>> = {
  default: { key: (flow) => (flow.is_default ? flow.type : undefined), unique: true },
};

type ContactIndex = 'email' | 'kinds';

const contactIndexes: Record<ContactIndex, Index<Contact>> = {
  email: {
    key: ({ email }) => (email === null ? undefined : emailKey(email)),
    unique: true,
  },
  // All kinds of a contact as one key; a filter by some kinds reads several keys.
  kinds: { key: ({ kind }) => [...kind].sort().join(' ') },
};

const linkIndexes: Record<'dossier' | 'contact' | 'primary', Index<Link>> = {
  dossier: { key: (link) => link.dossier_id },
  contact: { key: (link) => link.contact_id },
  // A dossier has one primary contact at most (LG-LNK-021).
  primary: { key: (link) => (link.is_primary ? link.dossier_id : undefined), unique: true },
};

const noteIndexes: Record<'dossier', Index<Note>> = {
  dossier: { key: (note) => note.dossier_id },
};

const pendingIndexes: Record<'endpoint', Index<PendingDelivery>> = {
  endpoint: { key: (delivery) => delivery.endpoint_id },
};

/** Every combination of the list filters, so that a list reads its page only. */
export type DossierIndex =
  'type' | 'status' | 'stage' | 'type status' | 'type stage' | 'status stage' | 'type status stage';

const dossierIndexes: Record<DossierIndex, Index<Dossier>> = {
  type: { key: ({ type }) => type },
  status: { key: ({ status }) => status },
  stage: { key: ({ current_stage_id: stage }) => stage },
  'type status': { key: ({ type, status }) => `${type} ${status}` },
  'type stage': { key: ({ type, current_stage_id: stage }) => `${type} ${stage}` },
  'status stage': { key: ({ status, current_stage_id: stage }) => `${status} ${stage}` },
  'type status stage': {
    key: ({ type, status, current_stage_id: stage }) => `${type} ${status} ${stage}`,
  },
};
