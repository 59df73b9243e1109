import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { connect } from '../../../reference-server/persistence/driver.ts';
import { type Part, repeatCommand } from '../harness/findings.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import {
  type Disk,
  openFile,
  requireKept,
  startOrRefuse,
  type Writer,
  type Written,
} from './acknowledged.ts';
import { corrupt } from './corrupt.ts';

/** A disk that is full, a file that is locked, deleted or damaged. */
export const attackDisk: Part = async (attack, ledger) => {
  const quick = { fillFile, lock, takeAway, corrupt };
  const steps = attack.short ? quick : { ...quick, fillDisk };
  for (const [name, step] of Object.entries(steps)) {
    attack.log(name);
    const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
    try {
      await step({
        ...{ attack, ledger, folder },
        find: (what) => {
          const kind = what.split(':', 1).join().replaceAll(/\d+/g, '#');
          ledger.find(kind, { what, repeat: repeatCommand(attack, ledger.part) });
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
};

const run = promisify(execFile);

/** KiB that the file may have. */
const room = 1024;
/** How long each contact's notes are, so that some hundred fill the room. */
const size = 8000;
const times = 400;

const requireRefusal = ({ find }: Disk, circumstances: string, written: Written): void => {
  const { acknowledged, refused, unanswered, message } = written;
  if (unanswered > 0) find(`${circumstances} a request got no answer`);
  else if (refused === 0) find(`${circumstances} ${acknowledged} writes were all acknowledged`);
  if (refused > 0 && !message.startsWith('{')) find(`${circumstances} a refusal is ${message}`);
};

/** A file that may not grow: what is acknowledged is kept, and reading goes on. */
const fillFile = async (disk: Disk): Promise<void> => {
  const db = join(disk.folder, 'limited.db');
  const { server, writer } = await openFile(disk, { db, fileSize: room }, size);
  const written = await writer.write(server, times);
  requireRefusal(disk, 'with a file that may not grow', written);
  if (server.isGone()) {
    disk.find(`with a file that may not grow the server ended: ${server.complaints()}`);
  } else {
    await requireKept(disk, writer, server, 'with a file that may not grow');
    await server.kill();
  }
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a file could not grow');
  const strange = await writer.strange(later);
  if (strange.length > 0) {
    disk.find(`after a file could not grow ${strange.length} refused writes are there`);
  }
  await later.stop();
};

/** A disk that fills up and is given room again. */
const fillDisk = async (disk: Disk): Promise<void> => {
  const mount = join(disk.folder, 'small');
  await mkdir(mount);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${room * 4}k`, 'leadgrid-fire', mount]);
  } catch {
    disk.ledger.note('a disk that fills up was not tried: this user may not mount one');
    return;
  }
  try {
    await fillAndEmpty(disk, mount);
  } finally {
    await run('umount', ['-l', mount]);
  }
};

const fillAndEmpty = async (disk: Disk, mount: string): Promise<void> => {
  const db = join(mount, 'small.db');
  const ballast = join(mount, 'ballast');
  await writeFile(ballast, Buffer.alloc(2 * room * 1024));
  const { server, writer } = await openFile(disk, { db }, size);
  requireRefusal(disk, 'on a full disk', await writer.write(server, times));
  await requireKept(disk, writer, server, 'on a full disk');
  await rm(ballast);
  const { acknowledged, message } = await writer.write(server, 10);
  if (acknowledged < 10) disk.find(`on a disk with room again a write is refused: ${message}`);
  await server.kill();
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a full disk');
  await later.stop();
};

/** A file that another server, or another program, has open. */
const lock = async (disk: Disk): Promise<void> => {
  const db = join(disk.folder, 'locked.db');
  const { server, writer } = await openFile(disk, { db }, 100);
  await writer.write(server, 20);
  const second = await startOrRefuse(disk, { db }, 'with a file that another server has');
  if (second) {
    disk.find('two servers have one file');
    await second.kill();
  }
  await writer.write(server, 20);
  await server.kill();

  const connection = await connect(db);
  await connection.exec('BEGIN EXCLUSIVE');
  const third = await startOrRefuse(disk, { db }, 'with a file that another program has locked');
  if (third) {
    disk.find('a server opened a file that another program has locked');
    await third.kill();
  }
  await connection.exec('ROLLBACK');
  await connection.close();
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a file was locked');
  await later.stop();
};

type Take = (file: string) => Promise<void>;

/** What can happen to the file of a server that runs. */
const ways: Readonly<Record<string, Take>> = {
  'its file was deleted': async (file) => {
    await rm(file);
    await rm(`${file}-wal`, { force: true });
  },
  'its file was moved away': (file) => rename(file, `${file}.old`),
  'another file was put in its place': async (file) => {
    await copyFile(file, `${file}.copy`);
    await rename(`${file}.copy`, file);
  },
  'its log was deleted': (file) => rm(`${file}-wal`, { force: true }),
  'its folder was moved away': (file) => rename(dirname(file), `${dirname(file)}.old`),
};

/** What a server can't notice without reading all of its file again; the next one must. */
const unnoticed: Readonly<Record<string, Take>> = {
  'its file was cut to nothing': (file) => truncate(file),
  'its file was overwritten': (file) => writeFile(file, 'not a database'),
};

/**
 * Takes the file from under a server. What was kept before may be gone with it, but what the server
 * acknowledges from then on must be there when it starts again; or it must refuse to write.
 */
const takeAway = async (disk: Disk): Promise<void> => {
  const { short } = disk.attack;
  for (const [way, take] of Object.entries(ways).slice(0, short ? 1 : undefined)) {
    await writeAndCompare(disk, way, await takeFrom(disk, take));
  }
  for (const [way, take] of Object.entries(unnoticed).slice(0, short ? 0 : undefined)) {
    const { db, server, writer } = await takeFrom(disk, take);
    await writer.write(server, 5);
    await server.kill();
    const later = await startOrRefuse(disk, { db }, `after ${way}`);
    await later?.stop();
  }
};

/** Opens a file, writes to it, and takes it away. */
const takeFrom = async (disk: Disk, take: Take): Promise<Taken> => {
  const folder = await mkdtemp(join(disk.folder, 'taken-'));
  const db = join(folder, 'taken.db');
  const { server, writer } = await openFile(disk, { db }, 1000);
  await writer.write(server, 20);
  writer.forget();
  await take(db).catch(() => {
    disk.find('the server has no file though it was asked for one');
  });
  return { db, server, writer };
};

interface Taken {
  readonly db: string;
  readonly server: ServerProcess;
  readonly writer: Writer;
}

const writeAndCompare = async (disk: Disk, way: string, taken: Taken): Promise<void> => {
  const { db, server, writer } = taken;
  const when = `after ${way}`;
  const { acknowledged, refused, message } = await writer.write(server, 21);
  if (server.isGone()) {
    const said = server.complaints().trim();
    if (said === '' || said.includes('\n')) disk.find(`${when} the server ended, saying ${said}`);
  } else await server.kill();
  if (refused > 0 && !message.startsWith('{')) disk.find(`${when} a refusal is ${message}`);
  if (acknowledged === 0) return;
  await mkdir(dirname(db), { recursive: true });
  const later = await startOrRefuse(disk, { db }, when);
  // A server that refuses the file has lost what was acknowledged just the same.
  const lost = later ? (await writer.missing(later).catch(() => ['all'])).length : acknowledged;
  if (lost > 0)
    disk.find(`${when} ${acknowledged} writes were acknowledged, and they are not kept`);
  if (later) await later.stop();
};
