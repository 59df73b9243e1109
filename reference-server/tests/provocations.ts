import type { Lab, Reply } from './lab.ts';
import { ask, nowhere, type Furnished } from './operations.ts';

/** A way to be refused. */
export interface Provocation {
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** Is refused, however often it is done. */
  readonly provoke: (lab: Lab, own: Furnished) => Promise<Reply<unknown>>;
}

/** One way at least to each of the documented errors. */
export const provocations: readonly Provocation[] = [
  {
    title: 'a missing key',
    status: 401,
    code: 'unauthorized',
    provoke: (lab, own) => ask(lab, 'listDossiers', own),
  },
  {
    title: 'a plan without access',
    status: 402,
    code: 'plan_required',
    provoke: async (lab) => lab.call('GET', '/dossiers', await lab.organization({ plan: 'free' })),
  },
  {
    title: 'a missing scope',
    status: 403,
    code: 'forbidden',
    provoke: async (lab, own) =>
      ask(lab, 'getContact', own, { key: await lab.newKey(own.id, { scopes: ['notes:read'] }) }),
  },
  {
    title: 'an id of nothing',
    status: 404,
    code: 'not_found',
    provoke: (lab, own) => ask(lab, 'getDossier', nowhere, own),
  },
  {
    title: 'an unknown path',
    status: 404,
    code: 'not_found',
    provoke: (lab, own) => lab.call('GET', '/nowhere', own),
  },
  {
    title: 'an undocumented method',
    status: 404,
    code: 'not_found',
    provoke: (lab, own) => lab.call('PUT', '/dossiers', own),
  },
  {
    title: 'a body without a required field',
    status: 400,
    code: 'invalid_body',
    provoke: (lab, own) => ask(lab, 'createDossier', own, { key: own.key, json: {} }),
  },
  {
    title: 'a page that is none',
    status: 400,
    code: 'invalid_body',
    provoke: (lab, own) => lab.call('GET', '/contacts?page=0', own),
  },
  {
    title: 'a form that is none',
    status: 400,
    code: 'invalid_body',
    provoke: (lab, own) =>
      ask(lab, 'uploadDossierCv', own, {
        key: own.key,
        body: 'x',
        headers: { 'Content-Type': 'multipart/form-data' },
      }),
  },
  {
    title: 'a taken e-mail address',
    status: 409,
    code: 'duplicate_contact',
    provoke: (lab, own) =>
      ask(lab, 'updateContact', own, { key: own.key, json: { email: 'MARK@x.example' } }),
  },
  {
    title: 'a request too many',
    status: 429,
    code: 'rate_limited',
    provoke: async (lab) => {
      const limit = { rate_limit: { requests: 1, window_seconds: 60 } };
      const spent = await lab.organization(limit);
      await lab.call('GET', '/dossiers', spent);
      return lab.call('GET', '/dossiers', spent);
    },
  },
  {
    title: 'a failure inside',
    status: 500,
    code: 'internal',
    provoke: async (lab, own) => {
      await lab.control('POST', `/organizations/${own.id}/failures`, { next: 'request' });
      return ask(lab, 'listFlows', own, own);
    },
  },
];
