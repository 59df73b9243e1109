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

/** With more requests per round, reading the lists would take most of the time. */
const requestsPerRound = 2400;
const lanesPerRound = 4;
/** The number of rounds that run at the same time. */
const concurrentRounds = 2;

/** Sends valid, mutated and random requests to all operations, and checks every response. */
export const fuzzRequests: Part = async (attack, findings) => {
  const generate = createGenerate(attack.contract);
  const { requests, short } = attack;
  const perRound = short
    ? Math.min(requestsPerRound, Math.ceil(requests / concurrentRounds))
    : requestsPerRound;
  let number = 0;
  let starts = 0;
  while (findings.requests() < requests && starts < 5) {
    starts += 1;
    const server = await attack.start({});
    const witness = await prepare(attack, findings, server);
    const before = await server.measure();
    const work = async (): Promise<void> => {
      while (findings.requests() < requests && !server.isGone()) {
        const round = { number: (number += 1), requests: perRound, lanes: lanesPerRound };
        try {
          await runRound({ ...round, attack, findings, server, witness, generate });
        } catch (error) {
          if (!isFromGoneServer(error, server)) throw error;
        }
        attack.log(`${findings.requests()} requests`);
      }
    };
    await Promise.all(Array.from({ length: concurrentRounds }, work));
    if (server.isGone()) {
      await findGone(attack, findings, server, `in round ${number} or just before`);
      continue;
    }
    await compareMemory(attack, findings, server, before);
    await stopInTime(attack, findings, server, 'when idle');
  }
};

const prepare = async (
  attack: Attack,
  findings: Findings,
  server: ServerProcess,
): Promise<Witness> => {
  const settings = settingsAt(server.controlUrl);
  const organization = await settings.create({ name: 'Witness' }, attack.contract.scopes);
  const { url } = server;
  const { key } = organization;
  const reader = createReader({
    ...{ url, key, check: attack.check, findings },
    reportProblem: (path, problem) => {
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
    if (!response.ok) throw new Error(`${path} returned ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: { id: string } }).data.id;
  };
  const witness = await createWitness(organization, write, reader, `canary-${attack.seed}-q7`);
  reader.close();
  // The first requests raise memory more than later ones.
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
  readonly findings: Findings;
  readonly server: ServerProcess;
  readonly witness: Witness;
  readonly generate: Generate;
  readonly number: number;
  readonly requests: number;
  /** The number of connections at the same time; each knows the ids of what it created. */
  readonly lanes: number;
}

/**
 * Attacks a new organisation, checks that its data is consistent and that the witness is unchanged,
 * and deletes it.
 */
const runRound = async (round: Round): Promise<void> => {
  const { attack, findings, server, witness, number } = round;
  const settings = settingsAt(server.controlUrl);
  const { scopes } = attack.contract;
  const organization = await settings.create({ name: `Round ${number}` }, scopes);
  const keys = await createKeys(attack, settings, organization, number);
  const open = (key: string): Reader =>
    createReader({
      ...{ url: server.url, key, check: attack.check, findings },
      reportProblem: problemReporter(round),
    });
  const reader = open(organization.key);
  const flows = await reader.list('/flows');
  const share = Math.ceil(round.requests / round.lanes);
  const lanes = Array.from({ length: round.lanes }, (_, lane) =>
    runLane(createLane(round, organization, keys, flows, lane), share),
  );
  await Promise.all(lanes);
  if (server.isGone()) return;
  await checkConsistency(reader, problemReporter(round));
  const observer = open(witness.organization.key);
  for (const path of await witness.changes(observer)) {
    problemReporter(round)(path, 'an organisation that nobody wrote to has changed');
  }
  observer.close();
  await settings.remove(organization.id);
  const { status } = await reader.get('/flows');
  if (status !== 401)
    problemReporter(round)('/flows', `the API key of a deleted organisation returns ${status}`);
  reader.close();
};

const problemReporter =
  ({ attack, findings, number }: Round) =>
  (path: string, problem: string): void => {
    const kind = `${path.replaceAll(/[0-9a-f-]{36}/g, '{id}')} ${problem.replaceAll(/\d+/g, '#')}`;
    findings.add(kind, {
      what: `round ${number}, ${path}: ${problem}`,
      repeat: repeatCommand(attack, findings.part),
    });
  };

/** API keys of every kind, valid and invalid; the one with all scopes comes first. */
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
    // The server may accept other spellings of the scheme.
    ...[`bearer ${key}`, `Bearer  ${key}`].map((authorization) => ({
      ...{ authorization, scopes: contract.scopes },
    })),
  ];
};

const createLane = (
  { attack, findings, server, witness, generate, number }: Round,
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
    ...{ url: server.url, check: attack.check, findings, plan, pool, canary: witness.canary, key },
    connection: createConnection(server.url),
    isGone: server.isGone,
    repeat: repeatCommand(attack, findings.part),
  };
};

/** Whether an error follows from the end of the server, which is reported elsewhere. */
const isFromGoneServer = (error: unknown, server: ServerProcess): boolean =>
  server.isGone() && (error instanceof NoAnswer || error instanceof SyntaxError);
