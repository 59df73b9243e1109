import type { RateLimit } from './variations.ts';
import type { Installation } from './installation.ts';
import {
  type Contact,
  type ContactFields,
  type Dossier,
  type DossierType,
  type Endpoint,
  type Flow,
  type Key,
  keyPrefix,
  type Link,
  type Listed,
  type Member,
  type Organization,
  type Plan,
  type Scope,
  scopes,
  type Stage,
} from './records.ts';

export interface OrganizationDraft {
  readonly name?: string;
  readonly plan?: Plan;
  readonly rate_limit?: RateLimit;
}

export interface FlowDraft {
  readonly name: string;
  readonly type: DossierType;
  readonly is_default?: boolean;
  readonly stages: readonly Partial<Stage>[];
}

const candidates: FlowDraft = {
  name: 'Candidates',
  type: 'candidate',
  is_default: true,
  stages: [
    { name: 'New', win_probability: 10, color: '#FF5C35' },
    { name: 'Interview', deadline_days: 3 },
    { name: 'Hired' },
  ],
};

const sales: FlowDraft = {
  name: 'Sales Flow',
  type: 'sales',
  is_default: true,
  stages: [
    { name: 'Lead', deadline_days: 3, win_probability: 14, color: '#FF5C35' },
    { name: 'Discovery', deadline_days: 5, win_probability: 29, color: '#22C55E' },
  ],
};

/** The default limit of an organisation on the Growth plan (LG-LIM-008). */
export const defaultLimit = ({ variations, takes }: Installation): RateLimit => {
  const other = takes('LG-LIM-008', 1);
  return variations.limit ?? { requests: other ? 250 : 600, window_seconds: other ? 15 : 60 };
};

/** Adds an organisation with a member and the default flows. */
export const addOrganization = (
  installation: Installation,
  { name = 'Test organisation', plan = 'growth', rate_limit }: OrganizationDraft,
): Organization => {
  const organization: Organization = {
    ...{ id: installation.ids.uuid(), name, plan, limit: rate_limit ?? defaultLimit(installation) },
    ...{ members: [], flows: [], dossiers: [], contacts: [], endpoints: [], attempts: [] },
    ...{ failing: new Set(), creations: new Map(), lost: new Map(), past: [] },
  };
  installation.organizations.set(organization.id, organization);
  addMember(installation, organization, 'Lotte Jansen');
  for (const draft of [candidates, sales]) {
    addFlow(installation, organization, withFractionalDeadlines(installation, draft));
  }
  return organization;
};

/** Takes half a day off each deadline, if deadlines can have fractions (LG-FLO-013). */
const withFractionalDeadlines = ({ takes }: Installation, draft: FlowDraft): FlowDraft => {
  if (!takes('LG-FLO-013', 1)) return draft;
  const stages = draft.stages.map((stage) =>
    stage.deadline_days == null ? stage : { ...stage, deadline_days: stage.deadline_days - 0.5 },
  );
  return { ...draft, stages };
};

export const addMember = (
  { ids }: Installation,
  { members }: Organization,
  name: string,
): Member => {
  const member = { id: ids.uuid(), name };
  members.push(member);
  return member;
};

/** Adds a flow; a new default flow replaces the earlier one of its type. */
export const addFlow = (
  { ids }: Installation,
  { flows }: Organization,
  { name, type, is_default = false, stages: drafts }: FlowDraft,
): Flow => {
  const stages = drafts
    .map((draft, index): Stage => {
      return { position: index + 1, name: '', ...draft, id: ids.uuid() };
    })
    .sort((one, other) => one.position - other.position);
  const [first, ...rest] = stages;
  if (!first) throw new Error('A flow needs a stage.');
  if (is_default) {
    for (const flow of flows) if (flow.type === type) flow.is_default = false;
  }
  const flow: Flow = { id: ids.uuid(), name, type, is_default, stages: [first, ...rest] };
  flows.push(flow);
  return flow;
};

export interface KeyDraft {
  readonly scopes?: readonly string[];
  readonly expires_at?: string | null;
}

export const addKey = (
  { ids, keys }: Installation,
  organization: Organization,
  { scopes: requested = scopes, expires_at = null }: KeyDraft = {},
): string => {
  const key = keyPrefix + ids.hex(32);
  const granted = new Set(scopes.filter((scope) => requested.includes(scope)));
  const expires = expires_at === null ? null : Date.parse(expires_at);
  keys.set(key, { key, organization, scopes: granted satisfies Set<Scope>, expires } satisfies Key);
  return key;
};

/** Adds an endpoint; if an organisation can have only one, the new one replaces it (LG-WEB-035). */
export const addEndpoint = (
  { ids, takes }: Installation,
  { endpoints }: Organization,
  { url, secret }: { url: string; secret?: string },
): Endpoint => {
  const shared = takes('LG-SIG-011', 1) ? endpoints[0]?.secret : undefined;
  if (takes('LG-WEB-035', 1)) endpoints.length = 0;
  const newSecret = secret ?? shared ?? `whsec_${ids.hex(32)}`;
  const queue = Promise.resolve();
  const endpoint: Endpoint = {
    id: ids.uuid(),
    url,
    secret: newSecret,
    events: 0,
    failures: 0,
    queue,
  };
  endpoints.push(endpoint);
  return endpoint;
};

export const addContact = (
  { ids, now, realNow, next, variations: { poolsNewContacts } }: Installation,
  { contacts }: Organization,
  fields: Partial<ContactFields> & Pick<ContactFields, 'full_name'>,
): Contact => {
  const contact: Contact = {
    ...{ id: ids.uuid(), createdAt: now(), touched: next(), changedAt: realNow() },
    ...{ email: null, phone: null, linkedin_url: null, company: null, role: null, city: null },
    ...{ kind: [], notes: null },
    ...(poolsNewContacts === undefined ? {} : { until: now() + poolsNewContacts }),
    ...fields,
  };
  contacts.push(contact);
  return contact;
};

/** Updates a contact, and keeps its earlier fields for a lagging search. */
export const changeContact = (
  { realNow, next, variations }: Installation,
  contact: Contact,
  fields: Partial<ContactFields>,
): void => {
  const settled = realNow() - contact.changedAt >= (variations.searchLag ?? 0);
  if (settled) contact.former = { ...contact };
  Object.assign(contact, fields, { touched: next(), changedAt: realNow() });
};

/** The contact that has this address. */
export const holderOf = (
  { contacts }: Organization,
  email: string | null | undefined,
  except?: Contact,
): Contact | undefined =>
  email ? contacts.find((one) => one !== except && sameAddress(one.email, email)) : undefined;

const sameAddress = (one: string | null | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

/** Links a contact; a new primary contact replaces the earlier one. */
export const addLink = ({ takes }: Installation, { links }: Dossier, link: Link): Link => {
  for (const one of links) {
    if (!link.is_primary || !one.is_primary) continue;
    one.is_primary = false;
    if (takes('LG-LNK-023', 1) && one.role === 'primary') one.role = 'other';
  }
  links.push(link);
  return link;
};

export const removeLink = ({ links }: Dossier, link: Link): void => {
  links.splice(links.indexOf(link), 1);
};

export const promoteAnother = ({ links }: Dossier): void => {
  const [next] = links;
  if (next && !links.some(({ is_primary }) => is_primary)) next.is_primary = true;
};

export const primaryOf = ({ links }: Dossier): Contact | undefined =>
  links.find(({ is_primary }) => is_primary)?.contact;

/** The default lag of lists and counts, in milliseconds (LG-GEN-053). */
const defaultLag = 150;

const lagOf = ({ takes, variations }: Installation): number =>
  takes('LG-GEN-053', 2) ? (variations.listLag ?? defaultLag) : 0;

/** Keeps the present data, which lagging lists and counts still show after the next write. */
export const keepPast = (installation: Installation, organization: Organization): void => {
  const lag = lagOf(installation);
  if (lag === 0) return;
  const at = installation.realNow();
  const { past, dossiers, contacts } = organization;
  while (past[0] && past[0].at <= at - lag) past.shift();
  past.push({ at, ...structuredClone({ dossiers, contacts }) });
};

/** The data that lists and counts show now: that before the first write within the lag. */
export const listedOf = (installation: Installation, organization: Organization): Listed => {
  const { variations, random, realNow } = installation;
  const lag = lagOf(installation);
  if (lag === 0 || (variations.replicas && random() < 0.5)) return organization;
  const since = realNow() - lag;
  return organization.past.find(({ at }) => at > since) ?? organization;
};
