import type { Fault } from '../../../conformance/faults/inject.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { createServices } from '../../../reference-server/runtime/services.ts';
import { startServer } from '../../../reference-server/server.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { ServerUnderTest } from '../harness/harness.ts';
import { startPlainServer } from '../plain-server/start.ts';
import type { VariantServer, Wrapping } from './variant.ts';

/**
 * Starts the server of a variant in this process, on a free port.
 *
 * @throws Error if the variant has no control API
 */
export const startVariant = async (make: VariantServer): Promise<ServerUnderTest> => {
  const server =
    make.server === 'plain'
      ? await startPlainServer(make.variations)
      : await startWrapped(make.wrappings.map((wrapping) => wrapping()));
  const { controlUrl } = server;
  if (controlUrl === undefined) throw new Error('A variant has no control API.');
  return { ...server, controlUrl };
};

/** The reference server with these wrappings. */
const startWrapped = async (wrappings: readonly Wrapping[]) => {
  const state = createState();
  const services = wrappings.reduce(
    (own, wrapping) => wrapping.services?.(own, state) ?? own,
    createServices(),
  );
  const { url, controlUrl, close } = await startServer(
    { ...defaultConfig, port: 0 },
    { services, state },
  );
  const wire: Fault = (fetch, name) =>
    wrappings.reduce((send, wrapping) => wrapping.wire?.(send, name) ?? send, fetch);
  const stop = async (): Promise<void> => {
    await close();
  };
  return { url, controlUrl, wire, close: stop };
};
