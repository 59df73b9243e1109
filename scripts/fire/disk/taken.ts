import { copyFile, mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFile, startOrRefuse, type Disk } from './files.ts';
import type { Writer } from './acknowledged.ts';
import type { ServerProcess } from '../server-process.ts';

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
export const takeAway = async (disk: Disk): Promise<void> => {
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
