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

/** Full disks, and database files that are locked, deleted or damaged. */
export const attackDisk: Part = async (attack, findings) => {
  const quick = { fillFile, lock, takeAway, corrupt };
  const steps = attack.short ? quick : { ...quick, fillDisk };
  for (const [name, step] of Object.entries(steps)) {
    attack.log(name);
    const folder = await mkdtemp(join(tmpdir(), 'leadgrid-fire-'));
    try {
      await step({
        ...{ attack, findings, folder },
        report: (what) => {
          const kind = what.split(':', 1).join().replaceAll(/\d+/g, '#');
          findings.add(kind, { what, repeat: repeatCommand(attack, findings.part) });
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
};

const run = promisify(execFile);

/** The largest size of the file, in KiB. */
const maxFileKib = 1024;
/** Characters in the notes of each contact: some hundred contacts fill the file. */
const size = 8000;
const times = 400;

const requireRefusal = ({ report }: Disk, when: string, written: Written): void => {
  const { acknowledged, refused, unanswered, message } = written;
  if (unanswered > 0) report(`${when} a request got no response`);
  else if (refused === 0)
    report(`${when} ${acknowledged} writes were acknowledged and none refused`);
  if (refused > 0 && !message.startsWith('{'))
    report(`${when} a refusal has no JSON body: ${message}`);
};

/** A file of limited size: acknowledged writes are kept, and reads still work. */
const fillFile = async (disk: Disk): Promise<void> => {
  const db = join(disk.folder, 'limited.db');
  const { server, writer } = await openFile(disk, { db, fileSize: maxFileKib }, size);
  const written = await writer.write(server, times);
  requireRefusal(disk, 'with a file of limited size', written);
  if (server.isGone()) {
    disk.report(`with a file of limited size the server ended: ${server.complaints()}`);
  } else {
    await requireKept(disk, writer, server, 'with a file of limited size');
    await server.kill();
  }
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a restart on a file of limited size');
  const strange = await writer.strange(later);
  if (strange.length > 0) {
    disk.report(`after a restart ${strange.length} refused writes are in the file of limited size`);
  }
  await later.stop();
};

/** A disk that fills up and then gets free space. */
const fillDisk = async (disk: Disk): Promise<void> => {
  const mount = join(disk.folder, 'small');
  await mkdir(mount);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${maxFileKib * 4}k`, 'leadgrid-fire', mount]);
  } catch {
    disk.findings.note('the full disk was left out: this user may not mount a file system');
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
  await writeFile(ballast, Buffer.alloc(2 * maxFileKib * 1024));
  const { server, writer } = await openFile(disk, { db }, size);
  requireRefusal(disk, 'on a full disk', await writer.write(server, times));
  await requireKept(disk, writer, server, 'on a full disk');
  await rm(ballast);
  const { acknowledged, message } = await writer.write(server, 10);
  if (acknowledged < 10)
    disk.report(`on a disk with free space again a write is refused: ${message}`);
  await server.kill();
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a full disk');
  await later.stop();
};

/** A file that another server has open or another program has locked. */
const lock = async (disk: Disk): Promise<void> => {
  const db = join(disk.folder, 'locked.db');
  const { server, writer } = await openFile(disk, { db }, 100);
  await writer.write(server, 20);
  const second = await startOrRefuse(disk, { db }, 'with a file that another server has open');
  if (second) {
    disk.report('two servers opened the same file');
    await second.kill();
  }
  await writer.write(server, 20);
  await server.kill();

  const connection = await connect(db);
  await connection.exec('BEGIN EXCLUSIVE');
  const third = await startOrRefuse(disk, { db }, 'with a file that another program has locked');
  if (third) {
    disk.report('a server opened a file that another program has locked');
    await third.kill();
  }
  await connection.exec('ROLLBACK');
  await connection.close();
  const later = await disk.attack.start({ db });
  await requireKept(disk, writer, later, 'after a file was locked');
  await later.stop();
};

type Removal = (file: string) => Promise<void>;

/** What can happen to the file of a running server. */
const removals: Readonly<Record<string, Removal>> = {
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

/** Damage that a running server can't notice without reading the file; the next start must. */
const unnoticed: Readonly<Record<string, Removal>> = {
  'its file was truncated': (file) => truncate(file),
  'its file was overwritten': (file) => writeFile(file, 'not a database'),
};

/**
 * Removes the file of a running server. Earlier writes may be lost with it, but what the server
 * acknowledges from then on is there after a restart; otherwise it must refuse writes.
 */
const takeAway = async (disk: Disk): Promise<void> => {
  const { short } = disk.attack;
  for (const [way, take] of Object.entries(removals).slice(0, short ? 1 : undefined)) {
    await writeAndCompare(disk, way, await openAndRemove(disk, take));
  }
  for (const [way, take] of Object.entries(unnoticed).slice(0, short ? 0 : undefined)) {
    const { db, server, writer } = await openAndRemove(disk, take);
    await writer.write(server, 5);
    await server.kill();
    const later = await startOrRefuse(disk, { db }, `after ${way}`);
    await later?.stop();
  }
};

/** Starts a server on a new file, writes to it, and removes the file. */
const openAndRemove = async (disk: Disk, take: Removal): Promise<OpenedFile> => {
  const folder = await mkdtemp(join(disk.folder, 'taken-'));
  const db = join(folder, 'taken.db');
  const { server, writer } = await openFile(disk, { db }, 1000);
  await writer.write(server, 20);
  writer.forget();
  await take(db).catch(() => {
    disk.report('the server has no file though it was asked for one');
  });
  return { db, server, writer };
};

interface OpenedFile {
  readonly db: string;
  readonly server: ServerProcess;
  readonly writer: Writer;
}

const writeAndCompare = async (disk: Disk, way: string, taken: OpenedFile): Promise<void> => {
  const { db, server, writer } = taken;
  const when = `after ${way}`;
  const { acknowledged, refused, message } = await writer.write(server, 21);
  if (server.isGone()) {
    const errorText = server.complaints().trim();
    if (errorText === '' || errorText.includes('\n'))
      disk.report(`${when} the server ended with the message ${errorText}`);
  } else await server.kill();
  if (refused > 0 && !message.startsWith('{'))
    disk.report(`${when} a refusal has no JSON body: ${message}`);
  if (acknowledged === 0) return;
  await mkdir(dirname(db), { recursive: true });
  const later = await startOrRefuse(disk, { db }, when);
  // If the server refuses the file, all acknowledged writes are lost.
  const lost = later ? (await writer.missing(later).catch(() => ['all'])).length : acknowledged;
  if (lost > 0)
    disk.report(`${when} ${acknowledged} writes were acknowledged, and ${lost} of them are lost`);
  if (later) await later.stop();
};
