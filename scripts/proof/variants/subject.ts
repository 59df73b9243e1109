import type { Liar } from '../../../conformance/rule.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { startServer } from '../../../reference-server/server.ts';
import { createServices } from '../../../reference-server/services.ts';
import { createState } from '../../../reference-server/state/state.ts';
import { startPlainServer } from '../plain-server/start.ts';
import type { Subject } from '../target.ts';
import type { Dress, Make } from './variant.ts';

/**
 * Starts the server of a variant in this process, on a free port.
 *
 * @throws Error for one without a control API, which can't be judged whole
 */
export const startSubject = async (make: Make): Promise<Subject> => {
  const server =
    make.server === 'plain'
      ? await startPlainServer(make.freedoms)
      : await startDressed(make.dresses.map((dress) => dress()));
  const { controlUrl } = server;
  if (controlUrl === undefined) throw new Error('A variant has no control API.');
  return { ...server, controlUrl };
};

/** The reference server, with what stands around it. */
const startDressed = async (dresses: readonly Dress[]) => {
  const state = createState();
  const services = dresses.reduce(
    (own, dress) => dress.services?.(own, state) ?? own,
    createServices(),
  );
  const { url, controlUrl, close } = await startServer(
    { ...defaultConfig, port: 0 },
    { services, state },
  );
  const wire: Liar = (fetch, name) =>
    dresses.reduce((send, dress) => dress.wire?.(send, name) ?? send, fetch);
  const stop = async (): Promise<void> => {
    await close();
  };
  return { url, controlUrl, wire, close: stop };
};
