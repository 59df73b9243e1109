import { rm } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { readContract } from '../../../openapi/contract.ts';
import { attack, partNames } from '../attack.ts';
import { type Start, startServerProcess } from '../harness/server-process.ts';

const contract = readContract();

/** Servers are started many times here, on machines that may be busy. */
vi.setConfig({ testTimeout: 120_000 });

/** Runs one part of the attack in its short form; returns its findings, one line each. */
const findings = async (part: string, start: Start, requests = 1000): Promise<string[]> => {
  const options = { contract, seed: 1, start, requests, kills: 1, short: true };
  const quiet = { log: () => undefined, done: () => undefined };
  const [figures] = await attack({ ...options, ...quiet, only: [part] });
  return (figures?.findings ?? []).map(({ what, repeat }) => `${what} (${repeat.slice(0, 600)})`);
};

/** Starts servers that have a defect. */
const defective =
  (defect: string): Start =>
  (launch) =>
    startServerProcess({
      ...launch,
      preload: import.meta.resolve('./defects.js'),
      environment: { LEADGRID_DEFECT: defect },
    });

describe('The short form of the attack', () => {
  // `npm run fire` runs the same parts with more requests.
  it.concurrent.each(partNames)('finds nothing with its part %s', async (part) => {
    expect(await findings(part, startServerProcess)).toEqual([]);
  });
});

describe('The attack finds a server', () => {
  const defects: readonly [defect: string, part: string, found: RegExp][] = [
    ['status 500', 'requests', /status 500/],
    ['status 500', 'control', /status 500/],
    ['another body', 'requests', /the body breaks the contract/],
    ['reads of another organisation', 'requests', /shows what is in another organisation/],
    ['writes into another organisation', 'requests', /nobody wrote to has changed/],
    ['lost deletions', 'requests', /what was deleted is still there/],
    ['lost dossiers', 'webhooks', /the healthy endpoint got 0 of \d+ events/],
    ['no response', 'requests', /no response within/],
    ['open sockets', 'requests', /\d+ descriptors are open/],
  ];

  it.concurrent.each(defects)(
    'with the defect "%s" with its part %s',
    async (defect, part, found) => {
      expect(await findings(part, defective(defect), 300)).toContainEqual(
        expect.stringMatching(found),
      );
    },
  );

  it.concurrent('that loses acknowledged writes when it is killed', async () => {
    const forgetful: Start = async (launch) => {
      await rm(`${launch.db ?? ''}-wal`, { force: true });
      return startServerProcess(launch);
    };
    expect(await findings('kills', forgetful)).toContainEqual(
      expect.stringMatching(/lost \[|returned 401/),
    );
  });

  it.concurrent('that stores nothing in its file', async () => {
    const idle: Start = ({ db: _, ...launch }) => startServerProcess(launch);
    expect(await findings('disk', idle)).toContainEqual(
      expect.stringMatching(/acknowledged writes are gone/),
    );
  });
});
