import { isDeepStrictEqual } from 'node:util';
import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Findings } from '../harness/findings.ts';
import { type Connection, createConnection, type WireAnswer } from '../harness/http-connection.ts';
import { bytesOf } from '../harness/http-request.ts';
import type { OrganizationAccess } from '../harness/organizations.ts';
import { createPool, type Pool } from './values.ts';

/** The number of items per list that are read by id. */
const maxItems = 40;

/**
 * Checks that an organisation's data is consistent: totals with lists, lists with items read by id,
 * filtered lists with the whole list, counts with links.
 */
export const checkConsistency = async (
  reader: Reader,
  reportProblem: (path: string, problem: string) => void,
): Promise<void> => {
  const dossiers = await reader.list('/dossiers');
  const contacts = await reader.list('/contacts');
  await reader.list('/flows');
  await compareWithList(reader, '/dossiers', dossiers, reportProblem);
  await compareWithList(reader, '/contacts', contacts, reportProblem);
  await compareFilters(reader, '/dossiers?status=', dossiers, 'status', reportProblem);
  await compareFilters(reader, '/dossiers?type=', dossiers, 'type', reportProblem);
  await countLinks(reader, dossiers, contacts, reportProblem);
};

const compareWithList = async (
  reader: Reader,
  path: string,
  items: readonly Item[],
  reportProblem: (path: string, problem: string) => void,
): Promise<void> => {
  for (const item of items.slice(0, maxItems)) {
    const at = `${path}/${String(item['id'])}`;
    const { status, body } = await reader.get(at);
    const found = (JSON.parse(body) as { data?: Item }).data;
    if (status !== 200) reportProblem(at, `it is in the list, but returns ${status}`);
    else if (!Object.entries(item).every(([name, value]) => isSame(found?.[name], value))) {
      reportProblem(at, 'the list has other values');
    }
  }
};

/** A response may leave out fields that another has. */
const isSame = (found: unknown, listed: unknown): boolean =>
  found === undefined || isDeepStrictEqual(found, listed);

const compareFilters = async (
  reader: Reader,
  path: string,
  items: readonly Item[],
  field: string,
  reportProblem: (path: string, problem: string) => void,
): Promise<void> => {
  for (const value of new Set(items.map((item) => String(item[field])))) {
    const expected = items.filter((item) => item[field] === value).length;
    const found = await reader.list(path + value);
    if (found.length !== expected) {
      reportProblem(
        path + value,
        `it has ${found.length} items, but ${expected} in the whole list match`,
      );
    }
  }
};

const countLinks = async (
  reader: Reader,
  dossiers: readonly Item[],
  contacts: readonly Item[],
  reportProblem: (path: string, problem: string) => void,
): Promise<void> => {
  const links = new Map<unknown, number>();
  for (const { id } of dossiers) {
    const linked = await reader.list(`/dossiers/${String(id)}/contacts`);
    for (const { contact_id } of linked) links.set(contact_id, (links.get(contact_id) ?? 0) + 1);
    const primary = linked.filter(({ is_primary }) => is_primary === true).length;
    if (primary > 1) reportProblem(`/dossiers/${String(id)}/contacts`, 'two contacts are primary');
  }
  for (const { id, dossier_count } of contacts) {
    const count = links.get(id) ?? 0;
    if (dossier_count !== undefined && dossier_count !== count) {
      reportProblem(
        `/contacts/${String(id)}`,
        `dossier_count is ${JSON.stringify(dossier_count)}, but ${count} dossiers list the contact`,
      );
    }
  }
};

/** An item of a list. */
type Item = Readonly<Record<string, unknown>>;

/** Reads an organisation's data, and checks each response. */
export interface Reader {
  /** Sends a GET; the path is relative to the base URL. */
  readonly get: (path: string) => Promise<WireAnswer>;
  /** All items of a list, page by page. */
  readonly list: (path: string) => Promise<readonly Item[]>;
  readonly close: () => void;
}

export interface ReaderParts {
  readonly url: string;
  readonly key: string;
  readonly check: AnswerCheck;
  readonly findings: Findings;
  /** Called with each problem. */
  readonly reportProblem: (path: string, problem: string) => void;
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
    const response = await connection.send(bytesOf(draft));
    parts.findings.count(response.status);
    const operation = parts.check.operationAt('GET', path);
    const problem = parts.check.response({ method: 'GET', operation }, response);
    if (problem !== undefined) parts.reportProblem(below, problem);
    return response;
  };
  return {
    get,
    close: connection.close,
    list: async (path) => {
      const found: Item[] = [];
      const sign = path.includes('?') ? '&' : '?';
      for (let page = 1, total = 1; found.length < total; page++) {
        const response = await get(`${path}${sign}per_page=100&page=${page}`);
        const { data = [], meta } = JSON.parse(response.body) as {
          data?: Item[];
          meta?: { total: number };
        };
        found.push(...data);
        total = meta?.total ?? 0;
        if (data.length === 0 && found.length < total) {
          parts.reportProblem(
            path,
            `the total is ${total}, but all pages have ${found.length} items`,
          );
          break;
        }
      }
      if (new Set(found.map(({ id, contact_id }) => id ?? contact_id)).size < found.length) {
        parts.reportProblem(path, 'an item is in the list twice');
      }
      return found;
    },
  };
};

/** An organisation that gets no writes while another is attacked. */
export interface Witness {
  readonly organization: OrganizationAccess;
  /** Its ids, which requests to the other organisation try. */
  readonly pool: Pool;
  /** A text in each of its items. */
  readonly canary: string;
  /** The paths whose responses differ from those at the beginning. */
  readonly changes: (reader: Reader) => Promise<readonly string[]>;
}

type Write = (path: string, body: object) => Promise<string>;

/** Fills an organisation, and records its responses. */
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
  const before = await readResponses(reader, pool);
  return {
    ...{ organization, pool, canary },
    changes: async (later) => {
      const after = await readResponses(later, pool);
      return [...before].filter(([path, body]) => after.get(path) !== body).map(([path]) => path);
    },
  };
};

/** Reads everything in an organisation: status and body by path. */
const readResponses = async (reader: Reader, pool: Pool): Promise<ReadonlyMap<string, string>> => {
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
