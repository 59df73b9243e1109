import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openFile, requireKept, type Disk } from './files.ts';
import type { Written } from './acknowledged.ts';

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
export const fillFile = async (disk: Disk): Promise<void> => {
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
export const fillDisk = async (disk: Disk): Promise<void> => {
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
