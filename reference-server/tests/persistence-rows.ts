import type { TableName } from '../persistence/rows.ts';
import type { Organization } from '../state/organization.ts';
import type { Dossier, Note } from '../state/records.ts';

type RowOf<Name extends TableName> = Parameters<Organization[Name]['insert']>[0];

/** A row for each table, with an id and a text; a new table doesn't compile without one. */
export const rowOf: { readonly [Name in TableName]: (id: string, text: string) => RowOf<Name> } = {
  members: (id, name) => ({ id, name }),
  flows: (id, name) => ({
    ...{ id, name, type: 'candidate', is_default: false },
    stages: [
      { id: `${id}-2`, name, position: 2, deadline_days: null, win_probability: 12.5, color: name },
      { id: `${id}-1`, name, position: 1, deadline_days: 3, win_probability: null, color: null },
    ],
  }),
  contacts: (id, text) => ({
    ...{ id, full_name: text, email: `${id}@example.nl`, phone: text, linkedin_url: text },
    ...{ company: null, role: text, city: '', kind: ['candidate', 'client'], notes: text },
    created_at: '2026-05-04T08:30:00Z',
  }),
  poolWindows: (id) => ({ id, until: 253_402_300_799_000 }),
  links: (id) => ({
    ...{ id: `${id}/${id}`, dossier_id: id, contact_id: id },
    ...{ role_on_dossier: 'gatekeeper', is_primary: true },
  }),
  dossiers: (id, text) => dossier(id, text),
  cvs: (id, text) => ({ id, bytes: Buffer.from(text, 'utf16le') }),
  notes: (id, text) => note(id, text),
  webhookEndpoints: (id, secret) => ({
    ...{ id, url: 'http://127.0.0.1:5050/', secret, failures: 9, dropped: { count: 2, inARow: 1 } },
    paused: { since: '2026-05-04T08:30:00Z', until: 1_777_883_460_000, attempts: 1 },
  }),
  pendingDeliveries: (id, body) => ({
    ...{ id, endpoint_id: 'e', event_id: `evt_${id}`, event_type: 'dossier.created' },
    ...{ body, attempts: 3, size: { own: 4, total: 12 } },
  }),
  deliveryAttempts: (id, text) => ({
    ...{ id, endpoint_id: 'e', event_id: `evt_${id}`, event_type: 'note.created', reason: text },
    request: { method: 'POST', url: text, headers: { text }, body: text, body_bytes: 1 },
    answer: { status: 500, headers: { text }, body: text, body_end: 'cut' },
    ...{ attempt: 1, status: null, delivered: false, attempted_at: '2026-05-04T08:30:00Z' },
  }),
};

export const dossier = (id: string, text: string): Dossier => ({
  ...{ id, type: 'sales', name: text, email: null, phone: text, company: text, role: text },
  ...{ contact_person: text, deal_size: 19.99, deal_currency: 'EUR', status: 'active' },
  ...{ flow_id: 'f', current_stage_id: 's', assigned_to: null, intake_notes: text },
  ...{ cv_url: null, created_at: '2026-05-04T08:30:00Z' },
});

export const note = (id: string, content: string): Note => ({
  ...{ id, dossier_id: 'd', content, is_internal: false, created_at: '2026-05-04T08:30:00Z' },
});
