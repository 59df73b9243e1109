import type { Answer } from '../http/answer.ts';
import { createConnection, type Connection } from '../http/connection.ts';
import { bytesOf } from '../http/request.ts';
import type { Judge } from '../judge.ts';
import type { Ledger } from '../ledger.ts';

/** What an answer shows of a thing. */
export type Item = Readonly<Record<string, unknown>>;

/** Reads what an organisation holds, and judges each answer. */
export interface Reader {
  /** The answer to a GET of a path below the base URL. */
  readonly get: (path: string) => Promise<Answer>;
  /** All items of a list, page by page. */
  readonly list: (path: string) => Promise<readonly Item[]>;
  readonly close: () => void;
}

export interface ReaderParts {
  readonly url: string;
  readonly key: string;
  readonly judge: Judge;
  readonly ledger: Ledger;
  /** Takes what is wrong. */
  readonly complain: (path: string, problem: string) => void;
}

export const createReader = (parts: ReaderParts): Reader => {
  const connection: Connection = createConnection(parts.url);
  const { pathname } = new URL(parts.url);
  const get = async (below: string): Promise<Answer> => {
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
