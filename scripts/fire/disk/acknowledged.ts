import type { Contract } from '../../../openapi/contract.ts';
import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Attack, Findings } from '../harness/findings.ts';
import { type Connection, createConnection, NoAnswer } from '../harness/http-connection.ts';
import { bytesOf } from '../harness/http-request.ts';
import { settingsAt } from '../harness/organizations.ts';
import { type Launch, type ServerProcess, StartFailure } from '../harness/server-process.ts';

/** The context of an attack on a database file. */
export interface Disk {
  readonly attack: Attack;
  readonly findings: Findings;
  /** A temporary folder for this attack alone. */
  readonly folder: string;
  readonly report: (what: string) => void;
}

/** Starts a server on a file, with a writer. */
export const openFile = async (
  { attack, findings }: Disk,
  launch: Launch,
  size: number,
): Promise<{ server: ServerProcess; writer: Writer }> => {
  const server = await attack.start(launch);
  const { contract, check } = attack;
  const writer = await createWriter(server, { contract, check, findings, size });
  return { server, writer };
};

/** Starts a server on a file that it may refuse; returns undefined if it did. */
export const startOrRefuse = async (
  { attack, report }: Disk,
  launch: Launch,
  when: string,
): Promise<ServerProcess | undefined> => {
  try {
    return await attack.start(launch);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    const lines = error.said.trim().split('\n');
    if (error.code !== 2 || lines.length !== 1) {
      const errorText = lines.slice(0, 3).join(' / ').slice(0, 300);
      report(`${when} the server refused with exit code ${String(error.code)}: ${errorText}`);
    }
    return undefined;
  }
};

/** Reports acknowledged writes that are gone. */
export const requireKept = async (
  { report }: Disk,
  writer: Writer,
  server: ServerProcess,
  when: string,
): Promise<void> => {
  const lost = await writer.missing(server);
  if (lost.length > 0) {
    report(`${when} ${lost.length} of ${writer.acknowledged()} acknowledged writes are gone`);
  }
};

/** Writes contacts, and remembers the acknowledged ones. */
export interface Writer {
  /** Writes this number of contacts; stops when a response is missing. */
  readonly write: (server: ServerProcess, times: number) => Promise<Written>;
  /** The names of acknowledged contacts that a server doesn't have. */
  readonly missing: (server: ServerProcess) => Promise<readonly string[]>;
  /** The names of contacts that a server has without having acknowledged them. */
  readonly strange: (server: ServerProcess) => Promise<readonly string[]>;
  readonly acknowledged: () => number;
  /** Forgets all acknowledged contacts: from now on they may be missing. */
  readonly forget: () => void;
}

export interface Written {
  readonly acknowledged: number;
  readonly refused: number;
  /** The body of the last refusal, or what is wrong with it; empty without one. */
  readonly message: string;
  /** The number of requests without a response. */
  readonly unanswered: number;
}

interface WriterParts {
  readonly contract: Contract;
  readonly check: AnswerCheck;
  readonly findings: Findings;
  /** Characters in the notes of each contact. */
  readonly size: number;
}

/** Creates an organisation for the writer; later servers on the same file have it too. */
const createWriter = async (first: ServerProcess, parts: WriterParts): Promise<Writer> => {
  const { contract, findings } = parts;
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
      const found = await readNames(server, key, findings);
      return [...names].filter((name) => !found.has(name));
    },
    strange: async (server) => {
      const found = await readNames(server, key, findings);
      return [...found].filter((name) => !names.has(name));
    },
  };
};

const acknowledgement = 'acknowledged';

/** Returns `acknowledged`, or what a refusal says or lacks; undefined without a response. */
const writeOne = async (
  { check, findings, size }: WriterParts,
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
    const response = await connection.send(bytesOf(draft));
    findings.count(response.status);
    if (response.status === 201) return acknowledgement;
    return check.failure(response) ?? response.body;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    findings.count(0);
    return undefined;
  }
};

const readNames = async (
  { url }: ServerProcess,
  key: string,
  findings: Findings,
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  for (let page = 1; ; page++) {
    const response = await fetch(`${url}/contacts?per_page=100&page=${page}`, {
      headers: { Authorization: `Bearer ${key}`, Connection: 'close' },
    });
    findings.count(response.status);
    const { data = [] } = (await response.json()) as { data?: { full_name: string }[] };
    if (data.length === 0) return found;
    for (const { full_name } of data) found.add(full_name);
  }
};
