import { claimPort } from '../../mock/free-port.ts';
import { startPrism } from '../../mock/prism.ts';
import { bundlePath } from '../../repository.ts';

/** Prism's validation proxy, running. */
export interface PrismProxy {
  readonly url: string;
  /** Whether its process is gone. */
  readonly gone: () => boolean;
  readonly close: () => Promise<void>;
}

const host = '127.0.0.1';

/**
 * Has Prism hold what goes to a server, and comes from it, against the bundle.
 *
 * @param upstream - the base URL of the server
 * @throws PrismFailed if Prism doesn't start
 */
export const openPrism = async (upstream: string): Promise<PrismProxy> => {
  const port = await claimPort(host, 0);
  const prism = await startPrism(bundlePath, { host, port, upstream }, () => undefined);
  let gone = false;
  const ended = prism.ended.then(() => {
    gone = true;
  });
  return {
    url: `http://${host}:${port}`,
    gone: () => gone,
    close: async () => {
      prism.stop();
      await ended;
    },
  };
};
