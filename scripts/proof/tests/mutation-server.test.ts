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

const honest: ServerCopy = {
  ...{ startServer, defaultConfig, createState },
  createServices: () => ({ ...createServices(), complain: () => undefined }),
};

const fail = (): never => {
  throw new Error('It holds nothing.');
};

describe('The stage', () => {
  let stage: MutantServers;
  beforeAll(async () => {
    stage = await openMutantServers({ rules: [], seed: 1, runs: 1 });
  });
  afterAll(() => stage.close());

  it('raises a copy of the server', async () => {
    const trial = await stage.start(() => honest);
    await trial.end();
  });

  it('blames a copy that does not start', async () => {
    await expect(stage.start(fail)).rejects.toBeInstanceOf(NotStarted);
  });

  it('blames a copy whose state holds nothing, on which the control API breaks down', async () => {
    const copy = { ...honest, createState: () => ({ ...createState(), transact: fail }) };
    await expect(stage.start(() => copy)).rejects.toBeInstanceOf(NotStarted);
  });
});
