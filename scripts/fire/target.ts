import { InvalidArgumentError } from 'commander';
import { readGenerated, type Contract } from '../../openapi/contract.ts';
import type { Start } from './server-process.ts';

/** What can be done to a server that somebody else has started, and that others may use. */
export const partsForTargets: readonly string[] = ['requests', 'wire', 'webhooks'];

/**
 * The origin of a server on this machine, as somebody types it.
 *
 * @throws InvalidArgumentError for any other: attacking what may be somebody else's is no test
 */
export const parseTarget = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)) {
    throw new InvalidArgumentError(
      'It should be a URL of this machine, such as http://127.0.0.1:4020.',
    );
  }
  return url.origin;
};

/** Instead of starting a server: gives the one that runs there, whose memory nobody can measure. */
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
