import type { Liar } from '../rule.ts';
import { parseJson } from '../world/exchange.ts';

/** What was sent to create a dossier that succeeded; undefined where that was no JSON. */
type Sent = Readonly<Record<string, unknown>> | undefined;

/** Does more than it should after each dossier that it created. */
const onCreation =
  (
    more: (
      sent: Sent,
      send: (path: string, method: string, body: object) => Promise<unknown>,
    ) => Promise<void>,
  ): Liar =>
  (fetch, name) =>
  async (request) => {
    const text = await request.clone().text();
    const { url, headers } = request;
    const created = name(request.method, url) === 'createDossier';
    const response = await fetch(request);
    if (!created || !response.ok) return response;
    const own = new Headers({ authorization: headers.get('authorization') ?? '' });
    own.set('content-type', 'application/json');
    await more(parseJson(text) as Sent, (path, method, body) => {
      const target = new URL(url);
      target.pathname = target.pathname.replace(/\/dossiers$/, path);
      return fetch(new Request(target, { method, headers: own, body: JSON.stringify(body) }));
    });
    return response;
  };

/** Makes a contact of each new dossier, whether it needs one or not. */
export const alsoCreateContact: Liar = onCreation(async (sent, send) => {
  await send('/contacts', 'POST', { full_name: sent?.['name'] ?? 'Unnamed' });
});

/** Puts what a new dossier says into the contact that it was created for. */
export const overwriteContact: Liar = onCreation(async (sent, send) => {
  const { contact_id, phone, company, role } = sent ?? {};
  if (typeof contact_id !== 'string') return;
  await send(`/contacts/${contact_id}`, 'PATCH', { phone, company, role });
});
