import type { Liar } from '../rule.ts';

const details = ['email', 'phone', 'company', 'role'];

/** Writes what changes of a dossier say of its contacts' details to these contacts too. */
export const writeThrough: Liar = (fetch, name) => async (request) => {
  const sent = request.clone();
  const response = await fetch(request);
  if (name(sent.method, sent.url) !== 'updateDossier' || !response.ok) return response;
  const changes = Object.entries((await sent.json()) as Record<string, unknown>);
  const body = JSON.stringify(
    Object.fromEntries(changes.filter(([field]) => details.includes(field))),
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
