import type { Liar } from '../rule.ts';
import { onLinked } from './links.ts';

/**
 * Ends the place of the primary contact before it writes the new one, with nothing in between that
 * keeps others from doing the same: those who come at once are all primary afterwards.
 */
export const overtakeOneAnother: Liar = (fetch, name) => {
  const atOnce = new Set<unknown>();
  const underway = new Set<unknown>();
  const show = onLinked((item) => {
    item['is_primary'] ||= atOnce.has(item['contact_id']);
  })(fetch, name);
  return async (request) => {
    if (name(request.method, request.url) !== 'linkDossierContact') return show(request);
    const { contact_id } = (await request.clone().json()) as { contact_id: unknown };
    underway.add(contact_id);
    if (underway.size > 1) for (const one of underway) atOnce.add(one);
    try {
      return await show(request);
    } finally {
      underway.delete(contact_id);
    }
  };
};
