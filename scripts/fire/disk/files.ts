import type { Attack } from '../part.ts';
import type { Ledger } from '../ledger.ts';
import { StartFailure, type Launch, type ServerProcess } from '../server-process.ts';
import { createWriter, type Writer } from './acknowledged.ts';

/** What the attacks on a file work with. */
export interface Disk {
  readonly attack: Attack;
  readonly ledger: Ledger;
  /** A folder for one attack. */
  readonly folder: string;
  readonly find: (what: string) => void;
}

/** A server with a file, and somebody who writes to it. */
export const openFile = async (
  { attack, ledger }: Disk,
  launch: Launch,
  size: number,
): Promise<{ server: ServerProcess; writer: Writer }> => {
  const server = await attack.start(launch);
  const { contract, judge } = attack;
  const writer = await createWriter(server, { contract, judge, ledger, size });
  return { server, writer };
};

/** Starts a server on a file that it may have to refuse; gives what it said if it did. */
export const startOrRefuse = async (
  { attack, find }: Disk,
  launch: Launch,
  circumstances: string,
): Promise<ServerProcess | undefined> => {
  try {
    return await attack.start(launch);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    const lines = error.said.trim().split('\n');
    if (error.code !== 2 || lines.length !== 1) {
      const said = lines.slice(0, 3).join(' / ').slice(0, 300);
      find(`${circumstances} the server refused with exit code ${String(error.code)}: ${said}`);
    }
    return undefined;
  }
};

/** Finds acknowledged writes that are gone. */
export const requireKept = async (
  { find }: Disk,
  writer: Writer,
  server: ServerProcess,
  circumstances: string,
): Promise<void> => {
  const lost = await writer.missing(server);
  if (lost.length > 0) {
    find(
      `${circumstances} ${lost.length} of ${writer.acknowledged()} acknowledged writes are gone`,
    );
  }
};
