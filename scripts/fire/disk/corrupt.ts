import { chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { below, createRandom, type Random } from '../harness/random.ts';
import { type Disk, openFile, requireKept, startOrRefuse, type Writer } from './acknowledged.ts';

type Damage = (bytes: Buffer, random: Random) => Buffer;

const page = 4096;

/** Damage that no server can overlook, since what is gone is the order of the file itself. */
const plain: Readonly<Record<string, Damage>> = {
  'another head': (bytes) => fill(bytes, 0, 16, 'x'),
  'an empty head': (bytes) => fill(bytes, 0, 100, 0),
  noise: (bytes, random) => Buffer.from(bytes.map(() => below(random, 256))),
  'a text in its place': () => Buffer.from('name,email\nA,a@example.nl\n'),
  'a page less at its end': (bytes) => bytes.subarray(0, -page),
  'half of it': (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2)),
  'ten bytes': (bytes) => bytes.subarray(0, 10),
  'a number of another program': (bytes) => fill(bytes, 68, 72, 7),
  'a number of the future': (bytes) => fill(bytes, 60, 64, 0x7f),
};

const fill = (bytes: Buffer, from: number, to: number, value: string | number): Buffer => {
  const copy = Buffer.from(bytes);
  copy.fill(value, from, to);
  return copy;
};

/** Damage to some of its bytes, which may be in what nobody reads. */
const random: Readonly<Record<string, Damage>> = {
  'a page of zeros': (bytes, chance) => {
    const at = page * (1 + below(chance, Math.max(1, bytes.length / page - 1)));
    return fill(bytes, at, at + page, 0);
  },
  'flipped bytes': (bytes, chance) => {
    const copy = Buffer.from(bytes);
    for (let times = 0; times < 20; times++) copy[below(chance, copy.length)] = below(chance, 256);
    return copy;
  },
};

/** Files that are damaged while no server runs: refused in one line, or whole after all. */
export const corrupt = async (disk: Disk): Promise<void> => {
  const { attack, folder } = disk;
  const sound = join(folder, 'sound.db');
  const { server, writer } = await openFile(disk, { db: sound }, 3000);
  await writer.write(server, 60);
  await server.stop();
  const bytes = await readFile(sound).catch(() => undefined);
  if (!bytes) {
    disk.find('the server has no file though it was asked for one');
    return;
  }
  const chance = createRandom(attack.seed + 5);
  const db = join(folder, 'damaged.db');
  const some = Object.entries(plain).slice(0, attack.short ? 1 : undefined);
  for (const [name, damage] of some) {
    await writeFile(db, damage(bytes, chance), { mode: 0o600 });
    await requireRefusalOrAll(disk, db, writer, `with a file that has ${name}`);
  }
  await copyFile(sound, db);
  await chmod(db, 0o600);
  await writeFile(`${db}-wal`, 'not a log of a database, and longer than its head would be', {
    mode: 0o600,
  });
  await requireRefusalOrAll(disk, db, writer, 'with a log that is none');
  for (let time = 0; time < (attack.short ? 0 : 15); time++) {
    for (const [name, damage] of Object.entries(random)) {
      await writeFile(db, damage(bytes, chance), { mode: 0o600 });
      await requireSense(disk, db, writer, `with a file that has ${name}`);
    }
  }
};

const requireRefusalOrAll = async (
  disk: Disk,
  db: string,
  writer: Writer,
  circumstances: string,
): Promise<void> => {
  const server = await startOrRefuse(disk, { db }, circumstances);
  if (server) {
    await requireKept(disk, writer, server, circumstances);
    await server.stop();
  }
  await clear(db);
};

/** A changed letter in a name is nobody's to notice; but what is answered must make sense. */
const requireSense = async (
  disk: Disk,
  db: string,
  writer: Writer,
  circumstances: string,
): Promise<void> => {
  const server = await startOrRefuse(disk, { db }, circumstances);
  if (server) {
    const { refused, unanswered } = await writer.write(server, 3);
    // The key may be among what has changed.
    if (unanswered > 0) disk.find(`${circumstances} the server stopped answering`);
    if (server.complaints() !== '' && refused === 0) {
      disk.find(`${circumstances} the server says ${server.complaints().slice(0, 200)}`);
    }
    await server.stop();
  }
  await clear(db);
};

const clear = async (db: string): Promise<void> => {
  for (const end of ['', '-wal', '-shm', '-journal']) await rm(db + end, { force: true });
};
