import { type Attack, type Findings, type Part, repeatCommand } from '../harness/findings.ts';
import { compareMemory, findGone, stopInTime } from '../harness/health.ts';
import { createConnection, NoAnswer } from '../harness/http-connection.ts';
import { type OrganizationAccess, type Settings, settingsAt } from '../harness/organizations.ts';
import { createRandom } from '../harness/random.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import {
  checkConsistency,
  createReader,
  createWitness,
  type Reader,
  type Witness,
} from './consistency.ts';
import { createPlanner, type KnownKey } from './draft.ts';
import { runLane } from './lane.ts';
import { createDraw, createGenerate, createPool, type Generate } from './values.ts';

/** Requests of one round; more would make lists so long that reading them takes all the time. */
const requestsOfRound = 2400;
const lanesOfRound = 4;
/** Rounds at the same time. */
const width = 2;

/** Valid, mutated and random requests for all operations; every answer is judged. */
export const fuzzRequests: Part = async (attack, ledger) => {
  const generate = createGenerate(attack.contract);
  const { requests, short } = attack;
  const perRound = short ? Math.min(requestsOfRound, Math.ceil(requests / width)) : requestsOfRound;
  let number = 0;
  let starts = 0;
  while (ledger.requests() < requests && starts < 5) {
    starts += 1;
    const server = await attack.start({});
    const witness = await prepare(attack, ledger, server);
    const before = await server.measure();
    const work = async (): Promise<void> => {
      while (ledger.requests() < requests && !server.isGone()) {
        const round = { number: (number += 1), requests: perRound, lanes: lanesOfRound };
        try {
          await runRound({ ...round, attack, ledger, server, witness, generate });
        } catch (error) {
          if (!isGoneError(error, server)) throw error;
        }
        attack.log(`${ledger.requests()} requests`);
      }
    };
    await Promise.all(Array.from({ length: width }, work));
    if (server.isGone()) {
      await findGone(attack, ledger, server, `in round ${number} or just before`);
      continue;
    }
    await compareMemory(attack, ledger, server, before);
    await stopInTime(attack, ledger, server, 'with nothing to do');
  }
};

const prepare = async (
  attack: Attack,
  ledger: Findings,
  server: ServerProcess,
): Promise<Witness> => {
  const settings = settingsAt(server.controlUrl);
  const organization = await settings.create({ name: 'Witness' }, attack.contract.scopes);
  const { url } = server;
  const { key } = organization;
  const reader = createReader({
    ...{ url, key, judge: attack.judge, ledger },
    complain: (path, problem) => {
      throw new Error(`${path}: ${problem}`);
    },
  });
  const write = async (path: string, body: object): Promise<string> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${key}`, Connection: 'close' },
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: { id: string } }).data.id;
  };
  const witness = await createWitness(organization, write, reader, `canary-${attack.seed}-q7`);
  reader.close();
  // The first requests of a server cost it more than those that follow.
  await warmUp(url, key);
  return witness;
};

const warmUp = async (url: string, key: string): Promise<void> => {
  const connection = createConnection(url);
  const { pathname } = new URL(url);
  const head = `Host: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  for (let round = 0; round < 300; round++) {
    await connection.send(Buffer.from(`GET ${pathname}/contacts HTTP/1.1\r\n${head}`));
  }
  connection.close();
};

export interface Round {
  readonly attack: Attack;
  readonly ledger: Findings;
  readonly server: ServerProcess;
  readonly witness: Witness;
  readonly generate: Generate;
  readonly number: number;
  readonly requests: number;
  /** How many connections attack at the same time; each has its own things. */
  readonly lanes: number;
}

/**
 * Attacks an organisation made for it, looks whether what it holds agrees with itself and whether
 * the witness is untouched, and deletes it.
 */
const runRound = async (round: Round): Promise<void> => {
  const { attack, ledger, server, witness, number } = round;
  const settings = settingsAt(server.controlUrl);
  const { scopes } = attack.contract;
  const organization = await settings.create({ name: `Round ${number}` }, scopes);
  const keys = await createKeys(attack, settings, organization, number);
  const open = (key: string): Reader =>
    createReader({
      ...{ url: server.url, key, judge: attack.judge, ledger },
      complain: complainOf(round),
    });
  const reader = open(organization.key);
  const flows = await reader.list('/flows');
  const share = Math.ceil(round.requests / round.lanes);
  const lanes = Array.from({ length: round.lanes }, (_, lane) =>
    runLane(createLane(round, organization, keys, flows, lane), share),
  );
  await Promise.all(lanes);
  if (server.isGone()) return;
  await checkConsistency(reader, complainOf(round));
  const observer = open(witness.organization.key);
  for (const path of await witness.changes(observer)) {
    complainOf(round)(path, 'an organisation that nobody wrote to has changed');
  }
  observer.close();
  await settings.remove(organization.id);
  const { status } = await reader.get('/flows');
  if (status !== 401)
    complainOf(round)('/flows', `a deleted organisation's key is answered ${status}`);
  reader.close();
};

const complainOf =
  ({ attack, ledger, number }: Round) =>
  (path: string, problem: string): void => {
    const kind = `${path.replaceAll(/[0-9a-f-]{36}/g, '{id}')} ${problem.replaceAll(/\d+/g, '#')}`;
    ledger.find(kind, {
      what: `round ${number}, ${path}: ${problem}`,
      repeat: repeatCommand(attack, ledger.part),
    });
  };

/** Keys of every kind, the one that may do everything first. */
const createKeys = async (
  { contract }: Attack,
  settings: Settings,
  { id, key }: OrganizationAccess,
  number: number,
): Promise<KnownKey[]> => {
  const random = createRandom(number);
  const some = contract.scopes.filter(() => random() < 0.5);
  const narrow = await settings.createKey(id, some);
  const expired = await settings.createKey(id, contract.scopes, '2020-01-01T00:00:00Z');
  const bearer = (one: string, scopes?: readonly string[]): KnownKey => ({
    authorization: `Bearer ${one}`,
    scopes,
  });
  return [
    ...[bearer(key, contract.scopes), bearer(narrow, some), bearer(expired), bearer(`${key}x`)],
    ...[bearer(key.slice(0, -1)), bearer(''), bearer(`${contract.keyPrefix}\u00e9`)],
    ...['', key, `Basic ${key}`, `Bearer ${key}, Bearer ${key}`, `Bearer ${key} x`].map(
      (authorization) => ({ authorization, scopes: undefined }),
    ),
    // Whoever writes the scheme otherwise may be let in.
    ...[`bearer ${key}`, `Bearer  ${key}`].map((authorization) => ({
      ...{ authorization, scopes: contract.scopes },
    })),
  ];
};

const createLane = (
  { attack, ledger, server, witness, generate, number }: Round,
  { key, members }: OrganizationAccess,
  keys: readonly KnownKey[],
  flows: readonly Readonly<Record<string, unknown>>[],
  lane: number,
) => {
  const random = createRandom(attack.seed * 1_000_003 + number * 101 + lane);
  const pool = createPool({
    members,
    flows: flows.map(({ id }) => String(id)),
    stages: flows.flatMap(({ stages }) => (stages as { id: string }[]).map(({ id }) => id)),
  });
  const draw = createDraw(pool, witness.pool, random);
  const plan = createPlanner({ contract: attack.contract, generate, draw, random, keys });
  return {
    ...{ url: server.url, judge: attack.judge, ledger, plan, pool, canary: witness.canary, key },
    connection: createConnection(server.url),
    isGone: server.isGone,
    repeat: repeatCommand(attack, ledger.part),
  };
};

/** Whether an error says that the server has gone, which is told elsewhere. */
const isGoneError = (error: unknown, server: ServerProcess): boolean =>
  server.isGone() && (error instanceof NoAnswer || error instanceof SyntaxError);
