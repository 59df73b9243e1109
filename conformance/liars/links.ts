import type { Liar } from '../rule.ts';
import { onAnswer, type Answer } from './answers.ts';
import { onSent } from './requests.ts';

type Item = Record<string, unknown>;

/** The id of the dossier in a URL of one of its parts. */
const dossierIn = (url: string): string => /\/dossiers\/([^/?]+)/.exec(url)?.[1] ?? '';

/**
 * Bends the contacts that a dossier lists, knowing every link that was answered so far: how a
 * server lists that keeps something of them in the wrong place.
 */
export const onLinked =
  (bend: (item: Item, links: readonly Item[], dossier: string) => void): Liar =>
  (fetch, name) => {
    const links: Item[] = [];
    const watch = (answer: Answer, { method, url }: Request) => {
      if (answer.status >= 300) return;
      const { data } = answer.body as { data: Item | Item[] };
      if (Array.isArray(data)) for (const item of data) bend(item, links, dossierIn(url));
      else if (method === 'POST') links.push(data);
    };
    return onAnswer(['listDossierContacts', 'linkDossierContact'], watch)(fetch, name);
  };

/** Links whom it doesn't find, as a server does that asks no table whether the contact is there. */
export const linkAnybody: Liar = (fetch, name) => async (request) => {
  const sent = await request.clone().text();
  const bend = onAnswer(['linkDossierContact'], (answer) => {
    if (answer.status !== 404) return;
    answer.status = 201;
    const data: Item = { is_primary: false, ...(JSON.parse(sent) as Item) };
    answer.body = { data: { dossier_id: dossierIn(request.url), ...data } };
  });
  return bend(fetch, name)(request);
};

/** Puts these values in place of those that are refused. */
export const settleFor =
  (fields: Readonly<Item>): Liar =>
  (fetch, name) =>
  async (request) => {
    const response = await fetch(request.clone());
    if (response.status !== 400) return response;
    const settle = onSent(['linkDossierContact'], (body) => ({ ...body, ...fields }));
    return settle(fetch, name)(request);
  };

/** Refuses to link who is linked to the dossier already. */
export const refuseAgain: Liar = (fetch, name) => {
  const linked = new Set<string>();
  return async (request) => {
    const sent = await request.clone().text();
    const bend = onAnswer(['linkDossierContact'], (answer) => {
      const { contact_id } = JSON.parse(sent) as Item;
      const pair = `${dossierIn(request.url)} ${String(contact_id)}`;
      if (linked.has(pair)) {
        answer.status = 409;
        answer.body = { error: { code: 'already_linked', message: 'Linked already.' } };
      }
      linked.add(pair);
    });
    return bend(fetch, name)(request);
  };
};

/** Ends the place of the primary contact before it looks at who is to follow. */
export const endPlaceFirst: Liar = (fetch, name) => {
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

/** Keeps the role with which a contact was linked first, and answers whichever was sent. */
export const answerAnyRole: Liar = (fetch, name) => {
  const roles = new Map<unknown, unknown>();
  return async (request) => {
    let sent: unknown;
    const keep = onSent(['linkDossierContact'], (body) => {
      const { contact_id, role_on_dossier } = body as Item;
      const first = roles.get(contact_id) ?? role_on_dossier;
      roles.set(contact_id, first);
      sent = role_on_dossier;
      return { ...body, role_on_dossier: first };
    });
    const answer = onAnswer(['linkDossierContact'], ({ status, body }) => {
      if (status < 300) (body as { data: Item }).data['role_on_dossier'] = sent;
    });
    return answer(keep(fetch, name), name)(request);
  };
};
