import type { Liar } from '../../../conformance/rule.ts';
import type { Fetch } from '../../../conformance/world/fetch.ts';
import { readContract } from '../../../openapi/contract.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { startServer } from '../../../reference-server/server.ts';
import { createServices } from '../../../reference-server/services.ts';
import { createState } from '../../../reference-server/state/state.ts';
import { asSend } from '../webhook-way.ts';
import type { Fault } from './fault.ts';
import { keepMishaps, noteThrown } from './mishaps.ts';

/** The reference server with a fault. */
export interface FaultyServer {
  /** Where the server itself is, without what stands on the wire. */
  readonly url: string;
  readonly controlUrl: string;
  /** What stands between it and its callers. */
  readonly wire: Liar;
  /** What stands between its control API and its callers. */
  readonly control: Liar;
  /** What went wrong in it so far that the fault isn't meant to do, in words. */
  readonly mishaps: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** Starts the reference server in this process, on a free port, bent by a fault or honest. */
export const startFaultyServer = async (fault: Fault | undefined): Promise<FaultyServer> => {
  const state = createState();
  const bent = fault?.bend({ contract: readContract(), state, own: handlers }) ?? {};
  const { wire = honest } = bent;
  const own = createServices();
  const mishaps = keepMishaps();
  const services = {
    ...own,
    send: bent.deliver ? asSend(noteThrown(bent.deliver, mishaps)(fetch)) : own.send,
    complain: mishaps.note,
  };
  const server = await startServer(
    { ...defaultConfig, port: 0 },
    { state, services, handlers: { ...handlers, ...bent.handlers } },
  );
  if (server.controlUrl === undefined) throw new Error('A server of the fleet has no control API.');
  return {
    url: server.url,
    controlUrl: server.controlUrl,
    wire: (fetch, name) => noteThrown((own: Fetch) => wire(own, name), mishaps)(fetch),
    control: bent.control ?? honest,
    mishaps: mishaps.all,
    close: async () => {
      await server.close();
    },
  };
};

const honest: Liar = (fetch) => fetch;
