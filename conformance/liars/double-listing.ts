import type { Liar } from '../rule.ts';
import { onPage } from './answers.ts';
import { idsIn } from './ledger.ts';
import { onOverlap } from './overlaps.ts';

/**
 * Keeps a list of dossiers for each value of a field, and puts a dossier on the lists of all values
 * that it is given at the same moment.
 *
 * @param field - as it is named in changes
 * @param parameter - as it is named in the query of the list
 */
export const listTwice =
  (field: string, parameter: string): Liar =>
  (fetch, name) => {
    const raced = new Map<string, Set<string>>();
    const shown = new Map<string, Record<string, unknown>>();
    const note = onOverlap(['updateDossier'], ({ sent, answered, request }) => {
      const id = idsIn(request.url)[0] ?? '';
      shown.set(id, { ...answered, id });
      raced.set(id, (raced.get(id) ?? new Set()).add(String(sent[field])));
      return undefined;
    });
    const show = onPage(['listDossiers'], (page, url) => {
      const wanted = url.searchParams.get(parameter);
      for (const [id, values] of raced) {
        const missing = !page.data.some((one) => one['id'] === id);
        if (wanted === null || !missing || !values.has(wanted)) continue;
        page.data.push({ ...shown.get(id) });
        page.meta['total'] = Number(page.meta['total']) + 1;
      }
    });
    return show(note(fetch, name), name);
  };
