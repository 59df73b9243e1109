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

/** How many clients write at the same time. */
const clients = 4;

/** Kills of one file; with more, reading all that is in it takes most of the time. */
const killsOfFile = 25;

/** Kills a server under load, and compares what was acknowledged with what it has afterwards. */
export const attackDurability: Part = async (attack, ledger) => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
  const sum = { acknowledged: 0, whole: 0, absent: 0 };
  try {
    for (let done = 0; done < attack.kills; done += killsOfFile) {
      const result = await proveDurability({
        kills: Math.min(killsOfFile, attack.kills - done),
        ...{ clients, seed: attack.seed + done, start: attack.start, log: attack.log },
        ...{ file: join(folder, `${done}.db`), scopes: attack.contract.scopes },
        count: ledger.count,
      });
      for (const name of ['acknowledged', 'whole', 'absent'] as const) sum[name] += result[name];
      const repeat = `${repeatCommand(attack, ledger.part)} --kills ${attack.kills}`;
      for (const what of result.differences) ledger.find(what, { what, repeat });
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  ledger.note(
    `${attack.kills} kills, ${sum.acknowledged} acknowledged writes, ` +
      `${sum.whole + sum.absent} without an answer (${sum.whole} whole, ${sum.absent} absent)`,
  );
};

export interface ProofOptions {
  /** The database file; it need not be there. */
  readonly file: string;
  /** How often the server is killed under load. */
  readonly kills: number;
  readonly clients: number;
  readonly seed: number;
  /** What the clients' keys may do: everything. */
  readonly scopes: readonly string[];
  readonly start: Start;
  /** Takes the status of each answer to a write. */
  readonly count?: (status: number) => void;
  /** Takes a line about each kill. */
  readonly log: (line: string) => void;
}

/** What came of it. */
export interface ProofResult {
  /** How many writes were acknowledged. */
  readonly acknowledged: number;
  /** Of the writes without an answer: how many were there as a whole, and how many not at all. */
  readonly whole: number;
  readonly absent: number;
  /** What was lost, came back or was there in part; empty if all is well. */
  readonly differences: readonly string[];
}

/** A client with all that it was told. */
interface Witness {
  readonly client: Client;
  readonly name: string;
  known: Snapshot;
  /** What it has asked for without getting an answer. */
  unanswered: WriteOperation | undefined;
}

/**
 * Kills a server under load many times, and compares what clients were told with what it holds
 * after each restart: everything acknowledged is there with its latest value, nothing deleted is
 * back, and what wasn't acknowledged is there as a whole or not at all.
 */
export const proveDurability = async (options: ProofOptions): Promise<ProofResult> => {
  const random = createRandom(options.seed);
  const tally = { acknowledged: 0, whole: 0, absent: 0, differences: [] as string[] };
  await killAtStart(options.file, below(random, 1000));
  let server = await options.start({ db: options.file });
  const witnesses: Witness[] = [];
  for (let number = 0; number < options.clients; number++) {
    const client = await createClient(server, options.scopes);
    witnesses.push({ client, name: `w${number}`, known: emptySnapshot, unanswered: undefined });
  }
  for (let kill = 1; kill <= options.kills && tally.differences.length === 0; kill++) {
    tally.acknowledged += await workAndKill(server, witnesses, {
      kill,
      random,
      count: options.count,
    });
    const cvs = await readCvs(options.file);
    // A crash while it recovers from a crash must do no harm either.
    if (kill % 4 === 0) await killAtStart(options.file, below(random, 1000));
    server = await options.start({ db: options.file });
    for (const witness of witnesses) {
      const digests = cvs.get(witness.client.organizationId) ?? new Map<string, string>();
      const found = await readSnapshot(server, witness.client, digests).catch(String);
      if (typeof found === 'string') tally.differences.push(`${witness.name}: ${found}`);
      else judgeSnapshots(witness, found, tally);
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

/** Lets all clients write until the server is killed; answers how many answers there were. */
const workAndKill = async (
  server: ServerProcess,
  witnesses: readonly Witness[],
  { kill, random, count }: Load,
): Promise<number> => {
  const last = below(random, 120);
  let answers = 0;
  let killed: Promise<void> | undefined;
  const work = async (witness: Witness): Promise<void> => {
    for (let number = 0; ; number++) {
      const name = `${witness.name}-${kill}-${number}`;
      const operation = draftOperation({ known: witness.known, random, name });
      witness.unanswered = operation;
      const answer = await witness.client.send(server, operation.sending);
      count?.(200);
      witness.known = operation.effect(witness.known, answer);
      witness.unanswered = undefined;
      if (++answers > last) killed ??= sleep(below(random, 5)).then(server.kill);
    }
  };
  const ends = await Promise.allSettled(witnesses.map(work));
  for (const end of ends) {
    if (end.status === 'rejected' && !(end.reason instanceof Unanswered)) throw end.reason;
  }
  if (!killed) throw new Error('The server went before it was killed.');
  await killed;
  return answers;
};

type Tally = { -readonly [Key in keyof ProofResult]: ProofResult[Key] } & { differences: string[] };

const judgeSnapshots = (witness: Witness, found: Snapshot, tally: Tally): void => {
  const { known, unanswered } = witness;
  const asKnown = differences(known, found);
  const asDone = unanswered && differences(unanswered.effect(known, {}), found);
  if (unanswered && asKnown.length === 0) tally.absent++;
  else if (asDone?.length === 0) tally.whole++;
  else if (asKnown.length > 0)
    tally.differences.push(...asKnown, ...describeDifferences(unanswered, asDone));
  witness.known = found;
  witness.unanswered = undefined;
};

const describeDifferences = (
  unanswered: WriteOperation | undefined,
  asDone: readonly string[] | undefined,
): string[] =>
  unanswered
    ? [
        `without an answer: ${JSON.stringify(unanswered.sending)}`,
        ...(asDone ?? []).map((line) => `  ${line}`),
      ]
    : [];
