import { createConnection } from '../http/connection.ts';
import { compareMemory, findGone, stopInTime } from '../health.ts';
import type { Attack, Part } from '../part.ts';
import type { Ledger } from '../ledger.ts';
import { settingsAt } from '../organizations.ts';
import type { ServerProcess } from '../server-process.ts';
import { createGenerate } from './generate.ts';
import { createReader } from './reader.ts';
import { isGoneError, runRound } from './round.ts';
import { createWitness, type Witness } from './witness.ts';

/** Requests of one round; more would make lists so long that reading them takes all the time. */
const requestsOfRound = 2400;
const lanesOfRound = 4;
/** Rounds at the same time. */
const width = 2;

/** Valid, mutated and random requests for all operations; every answer is judged. */
export const fuzzRequests: Part = async (attack, ledger) => {
  const generate = createGenerate(attack.contract);
  const { requests, short } = attack;
  const perRound = short ? Math.min(requestsOfRound, Math.ceil(requests / width)) : requestsOfRound;
  let number = 0;
  let starts = 0;
  while (ledger.requests() < requests && starts < 5) {
    starts += 1;
    const server = await attack.start({});
    const witness = await prepare(attack, ledger, server);
    const before = await server.measure();
    const work = async (): Promise<void> => {
      while (ledger.requests() < requests && !server.isGone()) {
        const round = { number: (number += 1), requests: perRound, lanes: lanesOfRound };
        try {
          await runRound({ ...round, attack, ledger, server, witness, generate });
        } catch (error) {
          if (!isGoneError(error, server)) throw error;
        }
        attack.log(`${ledger.requests()} requests`);
      }
    };
    await Promise.all(Array.from({ length: width }, work));
    if (server.isGone()) {
      await findGone(attack, ledger, server, `in round ${number} or just before`);
      continue;
    }
    await compareMemory(attack, ledger, server, before);
    await stopInTime(attack, ledger, server, 'with nothing to do');
  }
};

const prepare = async (attack: Attack, ledger: Ledger, server: ServerProcess): Promise<Witness> => {
  const settings = settingsAt(server.controlUrl);
  const organization = await settings.create({ name: 'Witness' }, attack.contract.scopes);
  const { url } = server;
  const { key } = organization;
  const reader = createReader({
    ...{ url, key, judge: attack.judge, ledger },
    complain: (path, problem) => {
      throw new Error(`${path}: ${problem}`);
    },
  });
  const write = async (path: string, body: object): Promise<string> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        ...{ Authorization: `Bearer ${key}`, Connection: 'close' },
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    return (JSON.parse(text) as { data: { id: string } }).data.id;
  };
  const witness = await createWitness(organization, write, reader, `canary-${attack.seed}-q7`);
  reader.close();
  // The first requests of a server cost it more than those that follow.
  await warmUp(url, key);
  return witness;
};

const warmUp = async (url: string, key: string): Promise<void> => {
  const connection = createConnection(url);
  const { pathname } = new URL(url);
  const head = `Host: localhost\r\nAuthorization: Bearer ${key}\r\n\r\n`;
  for (let round = 0; round < 300; round++) {
    await connection.send(Buffer.from(`GET ${pathname}/contacts HTTP/1.1\r\n${head}`));
  }
  connection.close();
};
