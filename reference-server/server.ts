import type { Server } from 'node:http';
import { type Contract, readContract } from '../openapi/contract.ts';
import { createApp, createCommit } from './app.ts';
import { type Config, defaultSeed } from './config.ts';
import { createControl } from './control/app.ts';
import { type ControlContract, readControlContract } from './control/contract.ts';
import { secretPrefix } from './control/webhooks.ts';
import { handlers as ownHandlers } from './handlers.ts';
import {
  type ConnectionLimits,
  defaultConnectionLimits,
  serveConnections,
} from './http/connections.ts';
import {
  createExpressApp,
  createNodeServer,
  type PipelineStage,
  runInOrder,
} from './http/node-server.ts';
import { readErrorTable } from './http/refusals.ts';
import type { HandlerTable } from './http/routing.ts';
import { createSelfCheck, noSelfCheck } from './http/self-check.ts';
import type { DemoKey, DemoTarget } from './playground/demo/organizations.ts';
import { createGate } from './playground/gate.ts';
import { withRateLimit } from './playground/plan-overrides.ts';
import { UsageError } from './runtime/errors.ts';
import { isLoopback, listen, stopPatience } from './runtime/listen.ts';
import { createMask, createRequestLog, type Secrets } from './runtime/request-log.ts';
import { createServices, type Services, timestamp } from './runtime/services.ts';
import { createState, resumeClock, type State } from './state/state.ts';
import { type Change, type Commit, memoryStore, type Store } from './state/transaction.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
import { defaultQueueLimits, type QueueLimits } from './webhooks/queue.ts';
import { defaultSchedule, type DeliverySchedule } from './webhooks/retry-schedule.ts';

/** What can be exchanged where the server is put together. */
export interface Parts {
  readonly handlers?: HandlerTable;
  readonly services?: Services;
  readonly state?: State;
  /** How webhooks are tried, where it isn't as usual. */
  readonly schedule?: Partial<DeliverySchedule>;
  /** How many events may wait for an endpoint. */
  readonly queueLimits?: QueueLimits;
  /** What is granted to connections. */
  readonly limits?: ConnectionLimits;
  /** Takes a line about each request and each delivery, if anybody wants to know. */
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
   * A seed whose keys everybody can work out, if they open what others can reach or what is kept:
   * a server for one afternoon on this machine has nothing to hide.
   */
  readonly publicSeed: number | undefined;
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
  const control = readInstalled(readControlContract);
  const contract = withRateLimit(readInstalled(readContract), control, config.rateLimit);
  const { state = createState(), services = createServices() } = parts;
  const schedule = { ...defaultSchedule, ...parts.schedule };
  const store = config.db === undefined ? memoryStore : await openStore(config.db, state, services);
  const wake = (changes: readonly Change[]): void => {
    dispatcher.wake(changes);
  };
  const commit = createCommit(state, store, services, wake, parts.queueLimits);
  const dispatcher = createDispatcher({ state, services, commit, schedule, log: parts.log });
  try {
    const ground = { handlers: ownHandlers, contract, state, services };
    const demo = await openDemo(ground, commit, config.seed);
    const publicSeed = await findPublicSeed(ground, config);
    const basis = { config, contract, control, state, services, commit };
    const server = createServer(basis, parts);
    const { origin, close } = await listen(server, config, services.complain);
    dispatcher.resume();
    return {
      url: `${origin}${pathOf(contract)}`,
      controlUrl: config.control ? `${origin}${control.basePath}` : undefined,
      demo,
      publicSeed,
      close: async () => {
        await close();
        const left = await dispatcher.close(stopPatience);
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

interface ServerBasis {
  readonly config: Config;
  readonly contract: Contract;
  readonly control: ControlContract;
  readonly state: State;
  readonly services: Services;
  readonly commit: Commit;
}

/** What strays into targets, or into the story of a fault. */
const secretsOf = ({ keyPrefix }: Contract, { controlToken }: Config): Secrets => ({
  prefixes: [keyPrefix, secretPrefix],
  words: controlToken === undefined ? [] : [controlToken],
});

/** Puts the stages that a request passes in their order. */
const createServer = (
  { config, contract, control, state, services, commit }: ServerBasis,
  {
    handlers = ownHandlers,
    limits = defaultConnectionLimits,
    queueLimits = defaultQueueLimits,
    log,
  }: Parts,
): Server => {
  const errors = readErrorTable(contract);
  const mask = createMask(secretsOf(contract, config));
  const complain: Services['complain'] = (line) => {
    services.complain(mask(line));
  };
  const common = { contract, errors, services, complain };
  const stages: PipelineStage[] = [];
  if (log) {
    const elapsed = () => performance.now();
    stages.push(createRequestLog({ write: log, clock: services.clock, elapsed, mask }));
  }
  if (config.control) {
    stages.push(createControl({ ...common, config, control, state, commit, queueLimits }));
  }
  const selfCheck = config.selfCheck ? createSelfCheck(contract, errors) : noSelfCheck;
  stages.push(createGate({ ...common, selfCheck, delay: config.delay }));
  stages.push(createApp({ ...common, state, commit, selfCheck, handlers }));
  const shell = createExpressApp();
  shell.use(runInOrder(stages));
  const server = createNodeServer(shell, limits);
  serveConnections(server, { handle: shell, errors, limits });
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
  ground: DemoTarget,
  commit: Commit,
  seed: number | undefined,
): Promise<readonly DemoKey[] | undefined> => {
  if (seed === undefined) return undefined;
  const demo = await import('./playground/demo/demo.ts');
  return demo.openDemo(ground, commit, seed);
};

/** From here on a seed is a secret: nobody tries so many. */
const secretSeed = 1e14;

const findPublicSeed = async (
  ground: DemoTarget,
  { host, db, seed = defaultSeed }: Config,
): Promise<number | undefined> => {
  if (db === undefined && isLoopback(host)) return undefined;
  const { knownKeys } = await import('./playground/demo/demo.ts');
  // A file may have demo data of the usual seed, whatever it is opened with.
  return [seed, defaultSeed].find((one) => one < secretSeed && knownKeys(ground, one).length > 0);
};

/** The driver isn't even loaded as long as nobody asks for a file. */
const openStore = async (path: string, state: State, services: Services): Promise<Store> => {
  const { openDatabase } = await import('./persistence/database.ts');
  const { clock, complain } = services;
  const store = await openDatabase(path, state, { say: complain });
  const ahead = resumeClock(state, clock);
  if (ahead > noticeable) {
    complain(
      `The clock is ahead of the machine's, at ${timestamp(clock.now())}: ${path} has what was done ` +
        'until then. To have the real time again, start with another file, or let the control API reset everything.',
    );
  }
  return store;
};

/** By how many milliseconds a clock may differ before anybody wonders. */
const noticeable = 60_000;

const pathOf = (contract: Contract): string => new URL(contract.productionUrl).pathname;
