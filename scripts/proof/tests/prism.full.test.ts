import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rules } from '../../../conformance/rules/index.ts';
import { readContract } from '../../../openapi/contract.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { getDossier } from '../../../reference-server/dossiers/handlers.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { type RunningServer, startServer } from '../../../reference-server/server.ts';
import { formatPrismResult, runThroughPrism } from '../prism/run.ts';

const contract = readContract();

describe('Prism between suite and server', { timeout: 300_000 }, () => {
  it('finds no violation in responses of the reference server, and no rule fails', async () => {
    const result = await runThroughPrism({ rules, seed: 3, runs: 2 });
    const { text, sound } = formatPrismResult(result, contract);
    expect(sound, text).toBe(true);
    expect(result.traffic.responses).toBeGreaterThan(1_000);
  });
});

describe('Prism before a server that breaks the contract', { timeout: 60_000 }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    const lying: typeof getDossier = (request) => {
      const { data } = getDossier(request).body;
      return { body: { data: { ...data, deal_size: '62000' as unknown as number } } };
    };
    const lies = { handlers: { ...handlers, getDossier: lying } };
    server = await startServer({ ...defaultConfig, port: 0 }, lies);
  });
  afterAll(() => server.close());

  it('finds the violation and its location', async () => {
    const { url, controlUrl = '' } = server;
    const some = rules.filter(({ id }) => id === 'dossiers/deal-size');
    const judged = await runThroughPrism({
      ...{ rules: some, seed: 1, runs: 1 },
      server: { url, controlUrl },
    });
    expect(judged.traffic.violations).toContainEqual(
      expect.objectContaining({ where: 'getDossier 200', place: 'body.data.deal_size' }),
    );
    expect(formatPrismResult(judged, contract)).toMatchObject({ sound: false });
  });
});
