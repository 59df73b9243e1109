import { chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { below, createRandom, type Random } from '../harness/random.ts';
import { type Disk, openFile, requireKept, startOrRefuse, type Writer } from './acknowledged.ts';

type Damage = (bytes: Buffer, random: Random) => Buffer;

const page = 4096;

/** Damage to the structure of the file, which no server can overlook. */
const structuralDamage: Readonly<Record<string, Damage>> = {
  'a wrong header': (bytes) => fill(bytes, 0, 16, 'x'),
  'an empty header': (bytes) => fill(bytes, 0, 100, 0),
  noise: (bytes, random) => Buffer.from(bytes.map(() => below(random, 256))),
  'a text as its content': () => Buffer.from('name,email\nA,a@example.nl\n'),
  'its last page missing': (bytes) => bytes.subarray(0, -page),
  'half of its content': (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)),
  'only ten bytes': (bytes) => bytes.subarray(0, 10),
  'the application id of another program': (bytes) => fill(bytes, 68, 72, 7),
  'a newer schema version': (bytes) => fill(bytes, 60, 64, 0x7f),
};

const fill = (bytes: Buffer, from: number, to: number, value: string | number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.fill(value, from, to);
  return copy;
};

/** Damage to random bytes, which may be in unused parts of the file. */
const byteDamage: Readonly<Record<string, Damage>> = {
  'a page of zeros': (bytes, random) => {
    const at = page * (1 + below(random, Math.max(1, bytes.length / page - 1)));
    return fill(bytes, at, at + page, 0);
  },
  'flipped bytes': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let times = 0; times < 20; times++) copy[below(random, copy.length)] = below(random, 256);
    return copy;
  },
};

/** Damages files while no server runs: the next start refuses them in one line or loses no data. */
export const corrupt = async (disk: Disk): Promise<void> => {
  const { attack, folder } = disk;
  const sound = join(folder, 'sound.db');
  const { server, writer } = await openFile(disk, { db: sound }, 3000);
  await writer.write(server, 60);
  await server.stop();
  const bytes = await readFile(sound).catch(() => undefined);
  if (!bytes) {
    disk.report('the server started with --db has no database file');
    return;
  }
  const random = createRandom(attack.seed + 5);
  const db = join(folder, 'damaged.db');
  const some = Object.entries(structuralDamage).slice(0, attack.short ? 1 : undefined);
  for (const [name, damage] of some) {
    await writeFile(db, damage(bytes, random), { mode: 0o600 });
    await requireRefusalOrAll(disk, db, writer, `with a file that has ${name}`);
  }
  await copyFile(sound, db);
  await chmod(db, 0o600);
  await writeFile(`${db}-wal`, 'not a write-ahead log, and longer than the header of one', {
    mode: 0o600,
  });
  await requireRefusalOrAll(disk, db, writer, 'with an invalid -wal file');
  for (let time = 0; time < (attack.short ? 0 : 15); time++) {
    for (const [name, damage] of Object.entries(byteDamage)) {
      await writeFile(db, damage(bytes, random), { mode: 0o600 });
      await requireConsistentAnswers(disk, db, writer, `with a file that has ${name}`);
    }
  }
};

const requireRefusalOrAll = async (
  disk: Disk,
  db: string,
  writer: Writer,
  when: string,
): Promise<void> => {
  const server = await startOrRefuse(disk, { db }, when);
  if (server) {
    await requireKept(disk, writer, server, when);
    await server.stop();
  }
  await removeFiles(db);
};

/** A changed letter in a name can't be noticed, but the server must respond without errors. */
const requireConsistentAnswers = async (
  disk: Disk,
  db: string,
  writer: Writer,
  when: string,
): Promise<void> => {
  const server = await startOrRefuse(disk, { db }, when);
  if (server) {
    const { refused, unanswered } = await writer.write(server, 3);
    // Refusals are fine: the API key may be damaged too.
    if (unanswered > 0) disk.report(`${when} the server stopped responding`);
    if (server.complaints() !== '' && refused === 0) {
      disk.report(`${when} the server reports ${server.complaints().slice(0, 200)}`);
    }
    await server.stop();
  }
  await removeFiles(db);
};

const removeFiles = async (db: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(db + end, { force: true });
};
