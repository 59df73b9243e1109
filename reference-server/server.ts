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
  combineStages,
  createExpressApp,
  createNodeServer,
  type PipelineStage,
} from './http/node-server.ts';
import { readErrorTable } from './http/refusals.ts';
import type { HandlerTable } from './http/routing.ts';
import { createSelfCheck, noSelfCheck } from './http/self-check.ts';
import type { DemoKey, DemoTarget } from './playground/demo/organizations.ts';
import { createPlayground } from './playground/playground.ts';
import { withRateLimit } from './playground/plan-overrides.ts';
import { UsageError } from './runtime/errors.ts';
import { isLoopback, listen, stopTimeout } from './runtime/listen.ts';
import { createMask, createRequestLog, type Secrets } from './runtime/request-log.ts';
import { createServices, type Services, timestamp } from './runtime/services.ts';
import { createState, resumeClock, type State } from './state/state.ts';
import { type Change, type Commit, memoryStore, type Store } from './state/transaction.ts';
import { createDispatcher } from './webhooks/dispatcher.ts';
import { defaultQueueLimits, type QueueLimits } from './webhooks/queue.ts';
import { defaultSchedule, type DeliverySchedule } from './webhooks/retry-schedule.ts';

/** Dependencies of the server that can be replaced. */
export interface ServerParts {
  readonly handlers?: HandlerTable;
  readonly services?: Services;
  readonly state?: State;
  /** Overrides the default times of webhook deliveries. */
  readonly schedule?: Partial<DeliverySchedule>;
  /** The maximum size of an endpoint's queue. */
  readonly queueLimits?: QueueLimits;
  /** The limits of connections. */
  readonly limits?: ConnectionLimits;
  /** Prints a line about each request and each delivery. */
  readonly log?: (line: string) => void;
}

export interface RunningServer {
  /** The base URL of the API. */
  readonly url: string;
  /** The base URL of the control API; undefined without one. */
  readonly controlUrl: string | undefined;
  /** The keys of the demo organisations; undefined if the server has no demo data. */
  readonly demo: readonly DemoKey[] | undefined;
  /**
   * The seed of the demo keys, if anybody can compute them and they open a server that others can
   * reach, or a database file.
   */
  readonly publicSeed: number | undefined;
  /**
   * Accepts no more requests, and resolves with the number of webhook deliveries that are left,
   * once the last response is sent and everything is saved.
   */
  readonly close: () => Promise<number>;
}

/**
 * Starts a server.
 *
 * @throws UsageError if it can't listen, or can't use its file, and for a broken installation
 */
export const startServer = async (
  config: Config,
  parts: ServerParts = {},
): Promise<RunningServer> => {
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
    const demoTarget = { handlers: ownHandlers, contract, state, services };
    const demo = await openDemo(demoTarget, commit, config.seed);
    const publicSeed = await findPublicSeed(demoTarget, config);
    const basis = { config, contract, control, state, services, commit };
    const server = createServer(basis, parts);
    const { origin, close } = await listen(server, config, services.logError);
    dispatcher.resume();
    return {
      url: `${origin}${pathOf(contract)}`,
      controlUrl: config.control ? `${origin}${control.basePath}` : undefined,
      demo,
      publicSeed,
      close: async () => {
        await close();
        const left = await dispatcher.close(stopTimeout);
        await store.close();
        return left;
      },
    };
  } catch (error) {
    // Releases the file for the next attempt.
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

/** Secrets that may get into request targets or stack traces. */
const secretsOf = ({ keyPrefix }: Contract, { controlToken }: Config): Secrets => ({
  prefixes: [keyPrefix, secretPrefix],
  words: controlToken === undefined ? [] : [controlToken],
});

/** Creates the server with its pipeline of stages. */
const createServer = (
  { config, contract, control, state, services, commit }: ServerBasis,
  {
    handlers = ownHandlers,
    limits = defaultConnectionLimits,
    queueLimits = defaultQueueLimits,
    log,
  }: ServerParts,
): Server => {
  const errors = readErrorTable(contract);
  const mask = createMask(secretsOf(contract, config));
  const logError: Services['logError'] = (line) => {
    services.logError(mask(line));
  };
  const common = { contract, errors, services, logError };
  const stages: PipelineStage[] = [];
  if (log) {
    const elapsed = () => performance.now();
    stages.push(createRequestLog({ write: log, clock: services.clock, elapsed, mask }));
  }
  if (config.control) {
    stages.push(createControl({ ...common, config, control, state, commit, queueLimits }));
  }
  const selfCheck = config.selfCheck ? createSelfCheck(contract, errors) : noSelfCheck;
  stages.push(createPlayground({ ...common, selfCheck, delay: config.delay }));
  stages.push(createApp({ ...common, state, commit, selfCheck, handlers }));
  const expressApp = createExpressApp();
  expressApp.use(combineStages(stages));
  const server = createNodeServer(expressApp, limits);
  serveConnections(server, { handle: expressApp, errors, limits });
  return server;
};

/** Reads a generated file; the error says how to repair it. */
const readInstalled = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(';');
    throw new UsageError(
      `The contract cannot be read (${reason}). Run \`npm run generate\`, or reinstall the kit.`,
    );
  }
};

/** The demo data's code is loaded only if needed. */
const openDemo = async (
  demoTarget: DemoTarget,
  commit: Commit,
  seed: number | undefined,
): Promise<readonly DemoKey[] | undefined> => {
  if (seed === undefined) return undefined;
  const demo = await import('./playground/demo/demo.ts');
  return demo.openDemo(demoTarget, commit, seed);
};

/** Seeds from here on count as secret: too many to try. */
const firstSecretSeed = 1e14;

const findPublicSeed = async (
  demoTarget: DemoTarget,
  { host, db, seed = defaultSeed }: Config,
): Promise<number | undefined> => {
  if (db === undefined && isLoopback(host)) return undefined;
  const { knownKeys } = await import('./playground/demo/demo.ts');
  // A file may have demo data of the default seed, even if it is opened with another.
  return [seed, defaultSeed].find(
    (one) => one < firstSecretSeed && knownKeys(demoTarget, one).length > 0,
  );
};

/** The driver is loaded only if needed. */
const openStore = async (path: string, state: State, services: Services): Promise<Store> => {
  const { openDatabase } = await import('./persistence/database.ts');
  const { clock, logError } = services;
  const store = await openDatabase(path, state, { notify: logError });
  const ahead = resumeClock(state, clock);
  if (ahead > minReportedLead) {
    logError(
      `The server's clock is ahead of the machine's, at ${timestamp(clock.now())}: ${path} has data ` +
        'up to that time. To return to the real time, start with another file, or reset by the control API.',
    );
  }
  return store;
};

/** A smaller difference between the clocks isn't worth a message, in milliseconds. */
const minReportedLead = 60_000;

const pathOf = (contract: Contract): string => new URL(contract.productionUrl).pathname;
