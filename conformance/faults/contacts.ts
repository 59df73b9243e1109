import { parseJson } from '../http/exchange.ts';
import type { Fetch } from '../http/web-classes.ts';
import { type Fault, type MutableResponse, onJsonBody, onResponse } from './inject.ts';

type ListedLink = Record<string, unknown>;

/** The id of the dossier in a URL below `/dossiers/{id}`. */
const dossierIn = (url: string): string => /\/dossiers\/([^/?]+)/.exec(url)?.[1] ?? '';

/** Changes the listed contacts of a dossier, given all links so far. */
export const onLinked =
  (alter: (item: ListedLink, links: readonly ListedLink[], dossier: string) => void): Fault =>
  (fetch, name) => {
    const links: ListedLink[] = [];
    const watch = (mutable: MutableResponse, { method, url }: Request) => {
      if (mutable.status >= 300) return;
      const { data } = mutable.body as { data: ListedLink | ListedLink[] };
      if (Array.isArray(data)) for (const item of data) alter(item, links, dossierIn(url));
      else if (method === 'POST') links.push(data);
    };
    return onResponse(['listDossierContacts', 'linkDossierContact'], watch)(fetch, name);
  };

/** A server that links contacts without checking that they exist. */
export const linkUnknownContact: Fault = (fetch, name) => async (request) => {
  const sent = await request.clone().text();
  const alter = onResponse(['linkDossierContact'], (mutable) => {
    if (mutable.status !== 404) return;
    mutable.status = 201;
    const data: ListedLink = { is_primary: false, ...(JSON.parse(sent) as ListedLink) };
    mutable.body = { data: { dossier_id: dossierIn(request.url), ...data } };
  });
  return alter(fetch, name)(request);
};

/** A server that replaces invalid fields of a link by these values. */
export const replaceRefusedValues =
  (fields: Readonly<ListedLink>): Fault =>
  (fetch, name) =>
  async (request) => {
    const response = await fetch(request.clone());
    if (response.status !== 400) return response;
    const settle = onJsonBody(['linkDossierContact'], (body) => ({ ...body, ...fields }));
    return settle(fetch, name)(request);
  };

/** A server that refuses to link a contact that is already linked. */
export const refuseRepeatedLink: Fault = (fetch, name) => {
  const linked = new Set<string>();
  return async (request) => {
    const sent = await request.clone().text();
    const alter = onResponse(['linkDossierContact'], (mutable) => {
      const { contact_id } = JSON.parse(sent) as ListedLink;
      const pair = `${dossierIn(request.url)} ${String(contact_id)}`;
      if (linked.has(pair)) {
        mutable.status = 409;
        mutable.body = { error: { code: 'already_linked', message: 'Linked already.' } };
      }
      linked.add(pair);
    });
    return alter(fetch, name)(request);
  };
};

/** A server that demotes the primary contact before it validates the new link. */
export const demotePrimaryFirst: Fault = (fetch, name) => {
  const ended = new Set<string>();
  const show = onLinked((item, _, dossier) => {
    item['is_primary'] &&= !ended.has(dossier);
  })(fetch, name);
  return async (request) => {
    const { url } = request;
    const response = await show(request);
    if (name(request.method, url) === 'linkDossierContact' && !response.ok)
      ended.add(dossierIn(url));
    return response;
  };
};

/** A server that keeps the first role of a contact, but returns the role that was sent. */
export const echoSentRole: Fault = (fetch, name) => {
  const roles = new Map<unknown, unknown>();
  return async (request) => {
    let sent: unknown;
    const keep = onJsonBody(['linkDossierContact'], (body) => {
      const { contact_id, role_on_dossier } = body as ListedLink;
      const first = roles.get(contact_id) ?? role_on_dossier;
      roles.set(contact_id, first);
      sent = role_on_dossier;
      return { ...body, role_on_dossier: first };
    });
    const mutable = onResponse(['linkDossierContact'], ({ status, body }) => {
      if (status < 300) (body as { data: ListedLink }).data['role_on_dossier'] = sent;
    });
    return mutable(keep(fetch, name), name)(request);
  };
};

interface Unlinking {
  /** The id of the contact that was unlinked. */
  readonly contact: string;
  /** The URLs of all links so far, including this one. */
  readonly known: readonly string[];
  readonly fetch: Fetch;
  readonly request: Request;
}

/** Calls back after each successful unlinking. */
export const onUnlinking =
  (more: (unlinking: Unlinking) => Promise<void>): Fault =>
  (fetch, name) => {
    const known: string[] = [];
    return async (request) => {
      const operation = name(request.method, request.url);
      const body = operation === 'linkDossierContact' ? await request.clone().json() : undefined;
      const again = request.clone();
      const response = await fetch(request);
      if (!response.ok) return response;
      if (body) known.push(`${request.url}/${(body as { contact_id: string }).contact_id}`);
      if (operation === 'unlinkDossierContact') {
        const contact = request.url.split('/').at(-1) ?? '';
        await more({ contact, known, fetch, request: again });
      }
      return response;
    };
  };

/** The JSON body of a successful creation; undefined for a form. */
type SentDossier = Readonly<Record<string, unknown>> | undefined;

/** Calls back after each successful creation of a dossier. */
const onCreation =
  (
    more: (
      sent: SentDossier,
      send: (path: string, method: string, body: object) => Promise<unknown>,
    ) => Promise<void>,
  ): Fault =>
  (fetch, name) =>
  async (request) => {
    const text = await request.clone().text();
    const { url, headers } = request;
    const created = name(request.method, url) === 'createDossier';
    const response = await fetch(request);
    if (!created || !response.ok) return response;
    const own = new Headers({ authorization: headers.get('authorization') ?? '' });
    own.set('content-type', 'application/json');
    await more(parseJson(text) as SentDossier, (path, method, body) => {
      const target = new URL(url);
      target.pathname = target.pathname.replace(/\/dossiers$/, path);
      return fetch(new Request(target, { method, headers: own, body: JSON.stringify(body) }));
    });
    return response;
  };

/** A server that creates a contact for each new dossier, even with `contact_id`. */
export const alsoCreateContact: Fault = onCreation(async (sent, send) => {
  await send('/contacts', 'POST', { full_name: sent?.['name'] ?? 'Unnamed' });
});

/** A server that copies the details of a new dossier to its given contact. */
export const overwriteContact: Fault = onCreation(async (sent, send) => {
  const { contact_id, phone, company, role } = sent ?? {};
  if (typeof contact_id !== 'string') return;
  await send(`/contacts/${contact_id}`, 'PATCH', { phone, company, role });
});

const detailFields = ['email', 'phone', 'company', 'role'];

/** A server that copies updated details of a dossier to its contacts. */
export const writeDetailsToContacts: Fault = (fetch, name) => async (request) => {
  const sent = request.clone();
  const response = await fetch(request);
  if (name(sent.method, sent.url) !== 'updateDossier' || !response.ok) return response;
  const changes = Object.entries((await sent.json()) as Record<string, unknown>);
  const body = JSON.stringify(
    Object.fromEntries(changes.filter(([field]) => detailFields.includes(field))),
  );
  const { headers } = sent;
  const links = await fetch(new Request(`${sent.url}/contacts`, { headers }));
  const { data } = (await links.json()) as { data: { contact_id: string }[] };
  for (const { contact_id } of data) {
    const url = sent.url.replace(/dossiers\/[^/]+$/, `contacts/${contact_id}`);
    await fetch(new Request(url, { method: 'PATCH', headers, body }));
  }
  return response;
};
