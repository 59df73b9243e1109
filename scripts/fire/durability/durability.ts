import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Part, repeatCommand } from '../harness/findings.ts';
import { below, createRandom, type Random } from '../harness/random.ts';
import { killAtStart, type ServerProcess, type Start } from '../harness/server-process.ts';
import { type Client, createClient, Unanswered } from './client.ts';
import { draftOperation, type WriteOperation } from './operations.ts';
import { differences, emptySnapshot, readCvs, readSnapshot, type Snapshot } from './snapshot.ts';

/** The number of clients that write at the same time. */
const clients = 4;

/** Kills per file; with more, reading its content takes most of the time. */
const killsPerFile = 25;

/** Kills a server under load, and compares acknowledged writes with its data after each restart. */
export const attackDurability: Part = async (attack, findings) => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
  const sum = { acknowledged: 0, whole: 0, absent: 0 };
  try {
    for (let done = 0; done < attack.kills; done += killsPerFile) {
      const result = await proveDurability({
        kills: Math.min(killsPerFile, attack.kills - done),
        ...{ clients, seed: attack.seed + done, start: attack.start, log: attack.log },
        ...{ file: join(folder, `${done}.db`), scopes: attack.contract.scopes },
        count: findings.count,
      });
      for (const name of ['acknowledged', 'whole', 'absent'] as const) sum[name] += result[name];
      const repeat = `${repeatCommand(attack, findings.part)} --kills ${attack.kills}`;
      for (const what of result.differences) findings.add(what, { what, repeat });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  findings.note(
    `${attack.kills} kills, ${sum.acknowledged} acknowledged writes, ` +
      `${sum.whole + sum.absent} without a response (${sum.whole} kept, ${sum.absent} absent)`,
  );
};

export interface ProofOptions {
  /** The path of the database file, which may not exist yet. */
  readonly file: string;
  /** How often the server is killed under load. */
  readonly kills: number;
  readonly clients: number;
  readonly seed: number;
  /** The scopes of the clients' API keys: all. */
  readonly scopes: readonly string[];
  readonly start: Start;
  /** Called with the status of the response to each write. */
  readonly count?: (status: number) => void;
  /** Called with a progress line after each kill. */
  readonly log: (line: string) => void;
}

/** What the kills have shown. */
export interface ProofResult {
  /** The number of acknowledged writes. */
  readonly acknowledged: number;
  /** Of the writes without a response: how many were kept whole, and how many are absent. */
  readonly whole: number;
  readonly absent: number;
  /** What was lost, reappeared or was kept in part; empty if nothing was. */
  readonly differences: readonly string[];
}

/** A client, and what its organisation should hold by the responses so far. */
interface ClientState {
  readonly client: Client;
  readonly name: string;
  known: Snapshot;
  /** The write that got no response. */
  unanswered: WriteOperation | undefined;
}

/**
 * Kills a server under load many times, and compares the responses to writes with its data after
 * each restart: acknowledged writes are there with their latest values, deleted items stay deleted,
 * and a write without a response is kept whole or absent.
 */
export const proveDurability = async (options: ProofOptions): Promise<ProofResult> => {
  const random = createRandom(options.seed);
  const tally = { acknowledged: 0, whole: 0, absent: 0, differences: [] as string[] };
  await killAtStart(options.file, below(random, 1000));
  let server = await options.start({ db: options.file });
  const states: ClientState[] = [];
  for (let number = 0; number < options.clients; number++) {
    const client = await createClient(server, options.scopes);
    states.push({ client, name: `w${number}`, known: emptySnapshot, unanswered: undefined });
  }
  for (let kill = 1; kill <= options.kills && tally.differences.length === 0; kill++) {
    tally.acknowledged += await workAndKill(server, states, {
      kill,
      random,
      count: options.count,
    });
    const cvs = await readCvs(options.file);
    // A second crash, during recovery, must do no harm either.
    if (kill % 4 === 0) await killAtStart(options.file, below(random, 1000));
    server = await options.start({ db: options.file });
    for (const state of states) {
      const digests = cvs.get(state.client.organizationId) ?? new Map<string, string>();
      const found = await readSnapshot(server, state.client, digests).catch(String);
      if (typeof found === 'string') tally.differences.push(`${state.name}: ${found}`);
      else compareSnapshots(state, found, tally);
    }
    options.log(`kill ${kill}: ${tally.acknowledged} acknowledged writes so far`);
  }
  await server.stop();
  return tally;
};

interface Load {
  readonly kill: number;
  readonly random: Random;
  readonly count: ProofOptions['count'];
}

/** Lets all clients write until the server is killed; returns the number of acknowledged writes. */
const workAndKill = async (
  server: ServerProcess,
  states: readonly ClientState[],
  { kill, random, count }: Load,
): Promise<number> => {
  const last = below(random, 120);
  let answers = 0;
  let killed: Promise<void> | undefined;
  const work = async (state: ClientState): Promise<void> => {
    for (let number = 0; ; number++) {
      const name = `${state.name}-${kill}-${number}`;
      const operation = draftOperation({ known: state.known, random, name });
      state.unanswered = operation;
      const data = await state.client.send(server, operation.sending);
      count?.(200);
      state.known = operation.effect(state.known, data);
      state.unanswered = undefined;
      if (++answers > last) killed ??= sleep(below(random, 5)).then(server.kill);
    }
  };
  const ends = await Promise.allSettled(states.map(work));
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof Unanswered)) throw end.reason;
  }
  if (!killed) throw new Error('The server ended before it was killed.');
  await killed;
  return answers;
};

type Tally = { -readonly [Key in keyof ProofResult]: ProofResult[Key] } & { differences: string[] };

const compareSnapshots = (state: ClientState, found: Snapshot, tally: Tally): void => {
  const { known, unanswered } = state;
  const ifNotApplied = differences(known, found);
  const ifApplied = unanswered && differences(unanswered.effect(known, {}), found);
  if (unanswered && ifNotApplied.length === 0) tally.absent++;
  else if (ifApplied?.length === 0) tally.whole++;
  else if (ifNotApplied.length > 0)
    tally.differences.push(...ifNotApplied, ...describeDifferences(unanswered, ifApplied));
  state.known = found;
  state.unanswered = undefined;
};

const describeDifferences = (
  unanswered: WriteOperation | undefined,
  ifApplied: readonly string[] | undefined,
): string[] =>
  unanswered
    ? [
        `without a response: ${JSON.stringify(unanswered.sending)}`,
        ...(ifApplied ?? []).map((line) => `  ${line}`),
      ]
    : [];
