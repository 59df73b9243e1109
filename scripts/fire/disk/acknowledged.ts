import type { Contract } from '../../../openapi/contract.ts';
import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Attack, Findings } from '../harness/findings.ts';
import { type Connection, createConnection, NoAnswer } from '../harness/http-connection.ts';
import { bytesOf } from '../harness/http-request.ts';
import { settingsAt } from '../harness/organizations.ts';
import { type Launch, type ServerProcess, StartFailure } from '../harness/server-process.ts';

/** What the attacks on a file work with. */
export interface Disk {
  readonly attack: Attack;
  readonly ledger: Findings;
  /** A folder for one attack. */
  readonly folder: string;
  readonly find: (what: string) => void;
}

/** A server with a file, and somebody who writes to it. */
export const openFile = async (
  { attack, ledger }: Disk,
  launch: Launch,
  size: number,
): Promise<{ server: ServerProcess; writer: Writer }> => {
  const server = await attack.start(launch);
  const { contract, judge } = attack;
  const writer = await createWriter(server, { contract, judge, ledger, size });
  return { server, writer };
};

/** Starts a server on a file that it may have to refuse; gives what it said if it did. */
export const startOrRefuse = async (
  { attack, find }: Disk,
  launch: Launch,
  circumstances: string,
): Promise<ServerProcess | undefined> => {
  try {
    return await attack.start(launch);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    const lines = error.said.trim().split('\n');
    if (error.code !== 2 || lines.length !== 1) {
      const said = lines.slice(0, 3).join(' / ').slice(0, 300);
      find(`${circumstances} the server refused with exit code ${String(error.code)}: ${said}`);
    }
    return undefined;
  }
};

/** Finds acknowledged writes that are gone. */
export const requireKept = async (
  { find }: Disk,
  writer: Writer,
  server: ServerProcess,
  circumstances: string,
): Promise<void> => {
  const lost = await writer.missing(server);
  if (lost.length > 0) {
    find(
      `${circumstances} ${lost.length} of ${writer.acknowledged()} acknowledged writes are gone`,
    );
  }
};

/** Writes contacts, and remembers those that were acknowledged. */
export interface Writer {
  /** Writes so many; gives how many were acknowledged, and what refusals said. */
  readonly write: (server: ServerProcess, times: number) => Promise<Written>;
  /** The names of acknowledged contacts that a server doesn't have. */
  readonly missing: (server: ServerProcess) => Promise<readonly string[]>;
  /** The names of contacts that a server has and never acknowledged. */
  readonly strange: (server: ServerProcess) => Promise<readonly string[]>;
  readonly acknowledged: () => number;
  /** Forgets what was acknowledged: from now on it may be gone. */
  readonly forget: () => void;
}

export interface Written {
  readonly acknowledged: number;
  readonly refused: number;
  /** What the last refusal said; empty without one. */
  readonly message: string;
  /** How often no answer came. */
  readonly unanswered: number;
}

interface WriterParts {
  readonly contract: Contract;
  readonly judge: AnswerCheck;
  readonly ledger: Findings;
  /** How long the notes of each contact are. */
  readonly size: number;
}

/** Opens an organisation on a server and writes to it, there and wherever its file is opened. */
const createWriter = async (first: ServerProcess, parts: WriterParts): Promise<Writer> => {
  const { contract, ledger } = parts;
  const { key } = await settingsAt(first.controlUrl).create({ name: 'Disk' }, contract.scopes);
  const names = new Set<string>();
  let number = 0;
  const write: Writer['write'] = async (server, times) => {
    const connection = createConnection(server.url);
    const written = { acknowledged: 0, refused: 0, unanswered: 0, message: '' };
    for (let time = 0; time < times && written.unanswered === 0; time++) {
      const name = `kept ${(number += 1)}`;
      const message = await writeOne(parts, server, connection, { key, name });
      if (message === acknowledgement) {
        names.add(name);
        written.acknowledged += 1;
      } else if (message === undefined) written.unanswered += 1;
      else {
        written.refused += 1;
        written.message = message;
      }
    }
    connection.close();
    return written;
  };
  return {
    write,
    acknowledged: () => names.size,
    forget: () => {
      names.clear();
    },
    missing: async (server) => {
      const found = await readNames(server, key, ledger);
      return [...names].filter((name) => !found.has(name));
    },
    strange: async (server) => {
      const found = await readNames(server, key, ledger);
      return [...found].filter((name) => !names.has(name));
    },
  };
};

const acknowledgement = 'acknowledged';

/** Gives what a refusal says, or what is wrong with it; undefined if no answer came. */
const writeOne = async (
  { judge, ledger, size }: WriterParts,
  { url }: ServerProcess,
  connection: Connection,
  { key, name }: { readonly key: string; readonly name: string },
): Promise<string | undefined> => {
  const body = Buffer.from(JSON.stringify({ full_name: name, notes: 'x'.repeat(size) }));
  const headers = [
    ['Host', 'localhost'],
    ['Authorization', `Bearer ${key}`],
    ['Content-Type', 'application/json'],
  ] as const;
  const path = `${new URL(url).pathname}/contacts`;
  try {
    const draft = { method: 'POST', path, query: [], headers, body };
    const answer = await connection.send(bytesOf(draft));
    ledger.count(answer.status);
    if (answer.status === 201) return acknowledgement;
    return judge.failure(answer) ?? answer.body;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    ledger.count(0);
    return undefined;
  }
};

const readNames = async (
  { url }: ServerProcess,
  key: string,
  ledger: Findings,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (let page = 1; ; page++) {
    const response = await fetch(`${url}/contacts?per_page=100&page=${page}`, {
      headers: { Authorization: `Bearer ${key}`, Connection: 'close' },
    });
    ledger.count(response.status);
    const { data = [] } = (await response.json()) as { data?: { full_name: string }[] };
    if (data.length === 0) return found;
    for (const { full_name } of data) found.add(full_name);
  }
};
