import { InvalidArgumentError } from 'commander';
import { type Contract, readGenerated } from '../../openapi/contract.ts';
import { attackControl } from './control.ts';
import { attackDisk } from './disk/disk.ts';
import { attackDurability } from './durability/durability.ts';
import { createAnswerCheck } from './harness/answer-checks.ts';
import { type Attack, createFindings, type Figures, type Part } from './harness/findings.ts';
import type { ServerProcess, Start } from './harness/server-process.ts';
import { fuzzRequests } from './requests/fuzz.ts';
import { attackByReceivers } from './webhooks.ts';
import { attackWire } from './wire/wire.ts';

const parts: Readonly<Record<string, Part>> = {
  requests: fuzzRequests,
  control: attackControl,
  wire: attackWire,
  kills: attackDurability,
  disk: attackDisk,
  webhooks: attackByReceivers,
};

export const partNames: readonly string[] = Object.keys(parts);

export interface AttackOptions extends Omit<Attack, 'check'> {
  /** The names of the parts to run. */
  readonly only: readonly string[];
  /** Called with the result of each part as soon as it ends. */
  readonly done: (figures: Figures) => void;
}

/** Attacks the reference server with the given parts, one after the other. */
export const attack = async (options: AttackOptions): Promise<readonly Figures[]> => {
  const { only, done, ...rest } = options;
  const shared = { ...rest, check: createAnswerCheck(rest.contract) };
  const results: Figures[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (!only.includes(name)) continue;
    const findings = createFindings(name);
    const begin = performance.now();
    const started: ServerProcess[] = [];
    const start: Start = async (launch) => {
      const server = await rest.start(launch);
      started.push(server);
      return server;
    };
    try {
      await part({ ...shared, start, log: rest.log }, findings);
    } finally {
      // After a part that broke down its servers may still run.
      for (const server of started) if (!server.isGone()) await server.kill();
    }
    const figures = findings.close(performance.now() - begin);
    results.push(figures);
    done(figures);
  }
  return results;
};

/** The parts that can attack a server that is already running and that others may use. */
export const partsForTargets: readonly string[] = ['requests', 'wire', 'webhooks'];

/**
 * Parses the URL of a server on this machine; returns its origin.
 *
 * @throws InvalidArgumentError for any other: it may be somebody else's server
 */
export const parseTarget = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new InvalidArgumentError(
      'It should be a URL on this machine, such as http://127.0.0.1:4020.',
    );
  }
  return url.origin;
};

/** Returns the running server instead of starting one; its memory can't be measured. */
export const useTarget =
  (origin: string, contract: Contract): Start =>
  () => {
    const control = readGenerated('control.json') as { servers: [{ url: string }] };
    return Promise.resolve({
      pid: 0,
      url: origin + new URL(contract.productionUrl).pathname,
      controlUrl: origin + new URL(control.servers[0].url).pathname,
      gone: new Promise(() => undefined),
      isGone: () => false,
      complaints: () => '',
      measure: () => Promise.resolve({ rss: 0, held: 0, descriptors: 0 }),
      peak: () => undefined,
      kill: () => Promise.resolve(),
      stop: () => Promise.resolve(0),
    });
  };
