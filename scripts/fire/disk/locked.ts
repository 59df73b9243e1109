import { join } from 'node:path';
import { connect } from '../../../reference-server/persistence/driver.ts';
import { openFile, requireKept, startOrRefuse, type Disk } from './files.ts';

/** A file that another server, or another program, has open. */
export const lock = async (disk: Disk): Promise<void> => {
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
