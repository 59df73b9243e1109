import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readContract, type Contract } from '../openapi/contract.ts';
import { createApp } from './app.ts';
import { UsageError, type Config } from './config.ts';
import { createControl } from './control/app.ts';
import { readControlContract } from './control/contract.ts';
import { handlers as ownHandlers } from './handlers.ts';
import { readErrorTable } from './http/error-table.ts';
import { createSelfCheck, noSelfCheck } from './http/self-check.ts';
import type { HandlerTable } from './http/served.ts';
import { createShell, createShellServer } from './http/shell.ts';
import { answerBrokenRequests } from './http/broken-request.ts';
import { createServices, type Services } from './services.ts';
import { createState, type State } from './state/state.ts';

/** What can be exchanged where the server is put together. */
export interface Parts {
  readonly handlers?: HandlerTable;
  readonly services?: Services;
  readonly state?: State;
}

export interface RunningServer {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API; undefined without one. */
  readonly controlUrl: string | undefined;
  /** Takes no more requests and resolves when the last answer is out. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a server.
 *
 * @throws UsageError if it can't listen where it should
 */
export const startServer = async (config: Config, parts: Parts = {}): Promise<RunningServer> => {
  const contract = readContract();
  const control = readControlContract();
  const errors = readErrorTable(contract);
  const { state = createState(), services = createServices() } = parts;
  const { handlers = ownHandlers } = parts;
  const shell = createShell();
  if (config.control) {
    shell.use(createControl({ config, control, contract, errors, state, services }));
  }
  const selfCheck = config.selfCheck ? createSelfCheck(contract, errors) : noSelfCheck;
  shell.use(createApp({ contract, errors, state, services, selfCheck, handlers }));
  const server = createShellServer(shell);
  answerBrokenRequests(server, contract, errors);
  const origin = await listen(server, config);
  return {
    url: `${origin}${pathOf(contract)}`,
    controlUrl: config.control ? `${origin}${control.basePath}` : undefined,
    close: () => close(server),
  };
};

const pathOf = (contract: Contract): string => new URL(contract.productionUrl).pathname;

const listen = (server: Server, { host, port }: Config): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(explain(error, host, port));
    });
    server.listen(port, host, () => {
      const address = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${address.port}`);
    });
  });

const explain = (error: NodeJS.ErrnoException, host: string, port: number): Error => {
  const foreign = `${host} is no address of this machine. Choose another with --host.`;
  const explanations: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use. Stop what uses it, or choose another with --port (0: free).`,
    EACCES: `Port ${port} may not be used. Choose one above 1023 with --port.`,
    EADDRNOTAVAIL: foreign,
    ENOTFOUND: foreign,
    EAI_AGAIN: foreign,
  };
  const explanation = explanations[error.code ?? ''];
  return explanation === undefined ? error : new UsageError(explanation);
};

/** How long answers that are on their way may take when the server stops, in milliseconds. */
const patience = 2000;

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
    // Connections that are kept alive would hold it up for as long as their clients like.
    setTimeout(() => {
      server.closeAllConnections();
    }, patience).unref();
  });
