import { isDeepStrictEqual } from 'node:util';
import type { Item, Reader } from './reader.ts';

/** How many things of a kind are looked at one by one. */
const mostLookedAt = 40;

/**
 * Looks whether what an organisation shows agrees with itself: totals with lists, lists with what
 * is got by id, filters with the whole, counts with links.
 */
export const checkConsistency = async (
  reader: Reader,
  complain: (path: string, problem: string) => void,
): Promise<void> => {
  const dossiers = await reader.list('/dossiers');
  const contacts = await reader.list('/contacts');
  await reader.list('/flows');
  await agree(reader, '/dossiers', dossiers, complain);
  await agree(reader, '/contacts', contacts, complain);
  await addUp(reader, '/dossiers?status=', dossiers, 'status', complain);
  await addUp(reader, '/dossiers?type=', dossiers, 'type', complain);
  await countLinks(reader, dossiers, contacts, complain);
};

const agree = async (
  reader: Reader,
  path: string,
  items: readonly Item[],
  complain: (path: string, problem: string) => void,
): Promise<void> => {
  for (const item of items.slice(0, mostLookedAt)) {
    const at = `${path}/${String(item['id'])}`;
    const { status, body } = await reader.get(at);
    const found = (JSON.parse(body) as { data?: Item }).data;
    if (status !== 200) complain(at, `it is in the list, and is answered ${status}`);
    else if (!Object.entries(item).every(([name, value]) => isSame(found?.[name], value))) {
      complain(at, 'the list shows it otherwise');
    }
  }
};

/** An answer may leave out what another shows. */
const isSame = (found: unknown, listed: unknown): boolean =>
  found === undefined || isDeepStrictEqual(found, listed);

const addUp = async (
  reader: Reader,
  path: string,
  items: readonly Item[],
  field: string,
  complain: (path: string, problem: string) => void,
): Promise<void> => {
  for (const value of new Set(items.map((item) => String(item[field])))) {
    const expected = items.filter((item) => item[field] === value).length;
    const found = await reader.list(path + value);
    if (found.length !== expected) {
      complain(
        path + value,
        `it has ${found.length} items, and the whole list ${expected} of them`,
      );
    }
  }
};

const countLinks = async (
  reader: Reader,
  dossiers: readonly Item[],
  contacts: readonly Item[],
  complain: (path: string, problem: string) => void,
): Promise<void> => {
  const links = new Map<unknown, number>();
  for (const { id } of dossiers) {
    const linked = await reader.list(`/dossiers/${String(id)}/contacts`);
    for (const { contact_id } of linked) links.set(contact_id, (links.get(contact_id) ?? 0) + 1);
    const primary = linked.filter(({ is_primary }) => is_primary === true).length;
    if (primary > 1) complain(`/dossiers/${String(id)}/contacts`, 'two contacts are primary');
  }
  for (const { id, dossier_count } of contacts) {
    const count = links.get(id) ?? 0;
    if (dossier_count !== undefined && dossier_count !== count) {
      complain(
        `/contacts/${String(id)}`,
        `dossier_count is ${JSON.stringify(dossier_count)}, and ${count} dossiers show the contact`,
      );
    }
  }
};
