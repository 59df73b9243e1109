import { isDeepStrictEqual } from 'node:util';
import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Findings } from '../harness/findings.ts';
import { type Connection, createConnection, type WireAnswer } from '../harness/http-connection.ts';
import { bytesOf } from '../harness/http-request.ts';
import type { OrganizationAccess } from '../harness/organizations.ts';
import { createPool, type Pool } from './values.ts';

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

/** What an answer shows of a thing. */
type Item = Readonly<Record<string, unknown>>;

/** Reads what an organisation holds, and judges each answer. */
export interface Reader {
  /** The answer to a GET of a path below the base URL. */
  readonly get: (path: string) => Promise<WireAnswer>;
  /** All items of a list, page by page. */
  readonly list: (path: string) => Promise<readonly Item[]>;
  readonly close: () => void;
}

export interface ReaderParts {
  readonly url: string;
  readonly key: string;
  readonly judge: AnswerCheck;
  readonly ledger: Findings;
  /** Takes what is wrong. */
  readonly complain: (path: string, problem: string) => void;
}

export const createReader = (parts: ReaderParts): Reader => {
  const connection: Connection = createConnection(parts.url);
  const { pathname } = new URL(parts.url);
  const get = async (below: string): Promise<WireAnswer> => {
    const [path = '', query] = (pathname + below).split('?');
    const headers = [
      ['Host', 'localhost'],
      ['Authorization', `Bearer ${parts.key}`],
    ] as const;
    const draft = { method: 'GET', path, query: query ? [query] : [], headers, body: undefined };
    const answer = await connection.send(bytesOf(draft));
    parts.ledger.count(answer.status);
    const operation = parts.judge.operationAt('GET', path);
    const problem = parts.judge.answer({ method: 'GET', operation }, answer);
    if (problem !== undefined) parts.complain(below, problem);
    return answer;
  };
  return {
    get,
    close: connection.close,
    list: async (path) => {
      const found: Item[] = [];
      const sign = path.includes('?') ? '&' : '?';
      for (let page = 1, total = 1; found.length < total; page++) {
        const answer = await get(`${path}${sign}per_page=100&page=${page}`);
        const { data = [], meta } = JSON.parse(answer.body) as {
          data?: Item[];
          meta?: { total: number };
        };
        found.push(...data);
        total = meta?.total ?? 0;
        if (data.length === 0 && found.length < total) {
          parts.complain(path, `the total is ${total}, and all pages have ${found.length} items`);
          break;
        }
      }
      if (new Set(found.map(({ id, contact_id }) => id ?? contact_id)).size < found.length) {
        parts.complain(path, 'something is in the list twice');
      }
      return found;
    },
  };
};

/** An organisation that nobody writes to while another is attacked. */
export interface Witness {
  readonly organization: OrganizationAccess;
  /** Its ids, for others to try. */
  readonly pool: Pool;
  /** A text that is in all that it holds. */
  readonly canary: string;
  /** Where it isn't what it was, to the last byte; empty if it is. */
  readonly changes: (reader: Reader) => Promise<readonly string[]>;
}

type Write = (path: string, body: object) => Promise<string>;

/** Fills an organisation, and takes its picture. */
export const createWitness = async (
  organization: OrganizationAccess,
  write: Write,
  reader: Reader,
  canary: string,
): Promise<Witness> => {
  const pool = createPool({ members: organization.members });
  for (let number = 1; number <= 5; number++) {
    const email = `${canary}.${number}@example.nl`;
    const person = { full_name: `${canary} ${number}`, email, kind: ['client'], notes: canary };
    pool.add('contacts', await write('/contacts', person));
    const type = number % 2 === 0 ? 'sales' : 'candidate';
    const contact_id = pool.of('contacts').at(-1);
    const dossier = { type, name: `${canary} ${number}`, intake_notes: canary, contact_id };
    const id = await write('/dossiers', dossier);
    pool.add('dossiers', id);
    await write(`/dossiers/${id}/notes`, { content: `${canary} note` });
  }
  for (const flow of await reader.list('/flows')) {
    pool.add('flows', String(flow['id']));
    for (const { id } of flow['stages'] as { id: string }[]) pool.add('stages', id);
  }
  const before = await photograph(reader, pool);
  return {
    ...{ organization, pool, canary },
    changes: async (later) => {
      const after = await photograph(later, pool);
      return [...before].filter(([path, body]) => after.get(path) !== body).map(([path]) => path);
    },
  };
};

/** All that the API shows of it, byte for byte. */
const photograph = async (reader: Reader, pool: Pool): Promise<ReadonlyMap<string, string>> => {
  const paths = [
    ...['/dossiers?per_page=100', '/contacts?per_page=100', '/flows'],
    ...pool.of('contacts').map((id) => `/contacts/${id}`),
    ...pool.of('flows').map((id) => `/flows/${id}/stages`),
    ...pool
      .of('dossiers')
      .flatMap((id) => ['', '/contacts', '/notes'].map((rest) => `/dossiers/${id}${rest}`)),
  ];
  const picture = new Map<string, string>();
  for (const path of paths) {
    const { status, body } = await reader.get(path);
    picture.set(path, `${status} ${body}`);
  }
  return picture;
};
