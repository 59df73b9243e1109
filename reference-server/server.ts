import type { Server } from 'node:http';
import { readContract, type Contract } from '../openapi/contract.ts';
import { createApp } from './app.ts';
import { UsageError, type Config } from './config.ts';
import { createControl } from './control/app.ts';
import { readControlContract, type ControlContract } from './control/contract.ts';
import { handlers as ownHandlers } from './handlers.ts';
import { readErrorTable } from './http/error-table.ts';
import { createSelfCheck, noSelfCheck } from './http/self-check.ts';
import type { HandlerTable } from './http/served.ts';
import { createShell, createShellServer, inTurn, type Stage } from './http/shell.ts';
import { answerBrokenRequests } from './http/broken-request.ts';
import { createCommit, type Commit } from './commit.ts';
import { createGate } from './playground/gate.ts';
import type { DemoKey } from './playground/demo/keys.ts';
import type { Ground } from './playground/demo/settings.ts';
import { withRateLimit } from './playground/plans.ts';
import { createRequestLog } from './playground/request-log.ts';
import { close, listen, patience } from './listening.ts';
import { createServices, type Services } from './services.ts';
import { createState, type State } from './state/state.ts';
import { memoryStore, type Store } from './state/store.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
import { defaultSchedule, type DeliverySchedule } from './webhooks/schedule.ts';

/** What can be exchanged where the server is put together. */
export interface Parts {
  readonly handlers?: HandlerTable;
  readonly services?: Services;
  readonly state?: State;
  /** How webhooks are tried. */
  readonly schedule?: DeliverySchedule;
  /** Takes a line about each request, if anybody wants to know. */
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API; undefined without one. */
  readonly controlUrl: string | undefined;
  /** The keys of the demo organisations that are there; undefined if no demo data was asked for. */
  readonly demo: readonly DemoKey[] | undefined;
  /**
   * Takes no more requests, and resolves when the last answer is out and everything is kept, with
   * the number of webhook deliveries that are left.
   */
  readonly close: () => Promise<number>;
}

/**
 * Starts a server.
 *
 * @throws UsageError if it can't listen where it should or use its file, and for a broken
 *   installation
 */
export const startServer = async (config: Config, parts: Parts = {}): Promise<RunningServer> => {
  const contract = withRateLimit(readInstalled(readContract), config.rateLimit ?? {});
  const control = readInstalled(readControlContract);
  const { state = createState(), services = createServices() } = parts;
  const { schedule = defaultSchedule } = parts;
  const store = config.db === undefined ? memoryStore : await openStore(config.db, state);
  const commit = createCommit(state, store, services, (changes) => {
    dispatcher.wake(changes);
  });
  const dispatcher = createDispatcher({ state, services, commit, schedule });
  try {
    const demo = await openDemo({ contract, state, services }, commit, config.seed);
    const basis = { config, contract, control, state, services, commit };
    const server = createServer(basis, parts);
    const origin = await listen(server, config);
    dispatcher.resume();
    return {
      url: `${origin}${pathOf(contract)}`,
      controlUrl: config.control ? `${origin}${control.basePath}` : undefined,
      demo,
      close: async () => {
        await close(server);
        const left = await dispatcher.close(patience);
        await store.close();
        return left;
      },
    };
  } catch (error) {
    // Whoever mends what was wrong needs the file again.
    await store.close();
    throw error;
  }
};

interface Basis {
  readonly config: Config;
  readonly contract: Contract;
  readonly control: ControlContract;
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
}

/** Puts the stages that a request passes in their order. */
const createServer = (
  { config, contract, control, state, services, commit }: Basis,
  { handlers = ownHandlers, log }: Parts,
): Server => {
  const errors = readErrorTable(contract);
  const stages: Stage[] = [];
  if (log) {
    const elapsed = () => performance.now();
    const { keyPrefix } = contract;
    stages.push(createRequestLog({ write: log, clock: services.clock, elapsed, keyPrefix }));
  }
  if (config.control) {
    stages.push(createControl({ config, control, contract, errors, state, commit, services }));
  }
  const selfCheck = config.selfCheck ? createSelfCheck(contract, errors) : noSelfCheck;
  stages.push(createGate({ contract, errors, services, selfCheck, delay: config.delay }));
  stages.push(createApp({ contract, errors, state, commit, services, selfCheck, handlers }));
  const shell = createShell();
  shell.use(inTurn(stages));
  const server = createShellServer(shell);
  answerBrokenRequests(server, errors);
  return server;
};

/** Reads a part of the installation; when it is broken, there is a way to mend it. */
const readInstalled = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(';');
    throw new UsageError(
      `The contract cannot be read (${reason}). Run \`npm run generate\`, or install the kit anew.`,
    );
  }
};

/** The demo data isn't even loaded as long as nobody asks for it. */
const openDemo = async (
  ground: Ground,
  commit: Commit,
  seed: number | undefined,
): Promise<readonly DemoKey[] | undefined> => {
  if (seed === undefined) return undefined;
  const demo = await import('./playground/demo/open.ts');
  return demo.openDemo(ground, commit, seed);
};

/** The driver isn't even loaded as long as nobody asks for a file. */
const openStore = async (path: string, state: State): Promise<Store> => {
  const { openDatabase } = await import('./persistence/database-store.ts');
  return openDatabase(path, state);
};

const pathOf = (contract: Contract): string => new URL(contract.productionUrl).pathname;
