import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../reference-server/config.ts';
import { createServices } from '../../../reference-server/runtime/services.ts';
import { startServer } from '../../../reference-server/server.ts';
import { createState } from '../../../reference-server/state/state.ts';
import {
  type MutantServers,
  NotStarted,
  openMutantServers,
  type ServerCopy,
} from '../mutation/server.ts';

const unmodified: ServerCopy = {
  ...{ startServer, defaultConfig, createState },
  createServices: () => ({ ...createServices(), logError: () => undefined }),
};

const fail = (): never => {
  throw new Error('The state is broken.');
};

describe('The server of a mutant', () => {
  let servers: MutantServers;
  beforeAll(async () => {
    servers = await openMutantServers({ rules: [], seed: 1, runs: 1 });
  });
  afterAll(() => servers.close());

  it('is a copy that starts', async () => {
    const server = await servers.start(() => unmodified);
    await server.end();
  });

  it('is reported as not started when starting it fails', async () => {
    await expect(servers.start(fail)).rejects.toBeInstanceOf(NotStarted);
  });

  it('is reported as not started when the control API fails because of its state', async () => {
    const copy = { ...unmodified, createState: () => ({ ...createState(), transact: fail }) };
    await expect(servers.start(() => copy)).rejects.toBeInstanceOf(NotStarted);
  });
});
