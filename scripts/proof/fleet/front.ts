import { startLyingProxy } from '../../../conformance/liars/proxy.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import type { Fault } from './fault.ts';
import { startFaultyServer } from './server.ts';

/** One URL at which the servers of the fleet are met, one after the other. */
export interface Front {
  /** The base URL of whichever server is shown. */
  readonly url: string;
  /** Starts a server with this fault, or an honest one, and shows it until it is closed. */
  readonly show: (fault: Fault | undefined) => Promise<ShownServer>;
  readonly close: () => Promise<void>;
}

export interface ShownServer {
  /** Where the server itself is, without what stands on the wire. */
  readonly ownUrl: string;
  readonly controlUrl: string;
  /** How many requests came by the front since it is shown. */
  readonly requests: () => number;
  readonly close: () => Promise<void>;
}

/**
 * Opens a front: what a fault does on the wire happens in an HTTP proxy, so that tools of others
 * meet it too, and they can keep one URL for all servers.
 */
export const openFront = async (): Promise<Front> => {
  const { pathname } = new URL(readContract().productionUrl);
  const transport = createTransport();
  // Nobody is behind it until a server is shown.
  const proxy = await startLyingProxy(`http://127.0.0.1${pathname}`, (one) => transport(one));
  return {
    url: proxy.url,
    show: async (fault) => {
      const { url: ownUrl, controlUrl, wire, close } = await startFaultyServer(fault);
      proxy.moveBefore(ownUrl, wire);
      const before = proxy.passed();
      return { ownUrl, controlUrl, requests: () => proxy.passed() - before, close };
    },
    close: proxy.close,
  };
};
