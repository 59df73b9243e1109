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

/** The running rate window. It counts refused requests too, so no transaction undoes it. */
export interface RateWindow {
  /** In milliseconds since 1970; undefined before the first request. */
  openedAt: number | undefined;
  spent: number;
}

/** What a test wants to go wrong next, once (`failNext` of the control API). */
export type PlannedFault = 'upload' | 'request';

/**
 * An organisation with all that is in it. A handler holds one and so can't reach what belongs to
 * another (LG-AUT-011, LG-ERR-017 to LG-ERR-019).
 */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly plan: string;
  /** In place of the plan's; null for the plan's. */
  readonly rateLimit: RateLimit | null;
  readonly window: RateWindow;
  /** They happen once, even if what they hit is undone, so no transaction brings them back. */
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

/** The form in which e-mail addresses are compared, without regard to case. */
export const emailKey = (email: string): string => email.toLowerCase();

export const newWindow = (): RateWindow => ({ openedAt: undefined, spent: 0 });

/** A new organisation with empty tables; it costs microseconds. */
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
  // All kinds of a contact together: whoever looks for some of them reads the rows of several keys.
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

/** The filters of lists in each combination, so that none has to look at more than its page. */
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
