import { NoAnswer, createConnection } from '../http/connection.ts';
import { repeatCommand, type Attack } from '../part.ts';
import type { Ledger } from '../ledger.ts';
import { settingsAt, type Organization, type Settings } from '../organizations.ts';
import { createRandom } from '../random.ts';
import type { ServerProcess } from '../server-process.ts';
import { checkConsistency } from './consistency.ts';
import { createPlanner, type KnownKey } from './draft.ts';
import type { Generate } from './generate.ts';
import { runLane } from './lane.ts';
import { createDraw, createPool } from './pool.ts';
import { createReader, type Reader } from './reader.ts';
import type { Witness } from './witness.ts';

export interface Round {
  readonly attack: Attack;
  readonly ledger: Ledger;
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
export const runRound = async (round: Round): Promise<void> => {
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
  { id, key }: Organization,
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
  { key, members }: Organization,
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
export const isGoneError = (error: unknown, server: ServerProcess): boolean =>
  server.isGone() && (error instanceof NoAnswer || error instanceof SyntaxError);
