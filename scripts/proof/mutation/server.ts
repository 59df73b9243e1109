import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import type { CoverageData, InstrumenterContext, MutantCoverage } from '@stryker-mutator/api/core';
import { build } from 'esbuild';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createHarnessCore, openLocalSink } from '../../../conformance/runner/harness-core.ts';
import type { Runner } from '../../../conformance/runner/runner.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import type { createServices } from '../../../reference-server/runtime/services.ts';
import { startServer } from '../../../reference-server/server.ts';
import type { createState } from '../../../reference-server/state/state.ts';

/** A running server, and a runner that can judge it. */
export interface RunningServer {
  readonly runner: Runner;
  /** Stops all rules that still run, and the server, which is given a short time to close. */
  readonly end: () => Promise<void>;
}

export interface MutantServers {
  /**
   * Starts the server of a copy, with an unmodified control API besides it: a mutant must be detected
   * through the API.
   *
   * @throws NotStarted when the copy doesn't start, or its state is broken; and any other error of the
   *   preparation
   */
  readonly start: (load: () => ServerCopy) => Promise<RunningServer>;
  readonly close: () => Promise<void>;
}

/** The server failed, or its state is broken. */
export class NotStarted extends Error {}

export interface MutantServersOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
}

/** For one response, in milliseconds. */
const timeout = 8_000;
/** For an event that doesn't arrive, in milliseconds; a rule that fails runs again before it counts. */
const patience = { event: 1_200, silence: 60 };
/** How long a server may take to close before the next one starts, in milliseconds. */
const closeTimeout = 300;

/**
 * Whether the control API broke down on the state that it shares with the copy. The control API itself
 * is unmodified, and without fixtures the suite calls no server conformant.
 */
const isStateError = (error: unknown): boolean =>
  /control API .* returned 5\d\d/.test(String(error));

/** Opens what is needed to judge one server after another. */
export const openMutantServers = async ({
  rules,
  seed,
  runs,
}: MutantServersOptions): Promise<MutantServers> => {
  const core = createHarnessCore();
  const sink = await openLocalSink(patience);
  const start: MutantServers['start'] = async (load) => {
    const { url, state, services, close } = await startCopy(load);
    const interruption = new AbortController();
    const servers = [close];
    const end = async (): Promise<void> => {
      interruption.abort();
      const closing = Promise.allSettled(servers.map((stop) => stop()));
      await Promise.race([closing, sleep(closeTimeout)]);
    };
    try {
      const control = await startServer({ ...defaultConfig, port: 0 }, { state, services });
      servers.push(control.close);
      const { controlUrl = '' } = control;
      const target = await core.targetOf({ url, controlUrl });
      const run = { rules, seed, runs, timeout };
      const runner = core.createRunner({ run, target, sink, interruption: interruption.signal });
      return { runner, end };
    } catch (error) {
      await end();
      throw isStateError(error) ? new NotStarted(String(error)) : error;
    }
  };
  return { start, close: () => sink.close() };
};

const startCopy = async (load: () => ServerCopy) => {
  try {
    const copy = load();
    const [state, services] = [copy.createState(), copy.createServices()];
    const config = { ...copy.defaultConfig, port: 0, control: false };
    const { url, close } = await copy.startServer(config, { state, services });
    return { url: new URL(url).href, state, services, close };
  } catch (error) {
    throw new NotStarted(String(error));
  }
};

/** What is needed to start a copy of the server. */
export interface ServerCopy {
  readonly startServer: typeof startServer;
  readonly defaultConfig: typeof defaultConfig;
  readonly createServices: typeof createServices;
  readonly createState: typeof createState;
}

type Wrapper = (
  require: NodeJS.Require,
  module: { exports: unknown },
  contractUrl: string,
) => unknown;

/**
 * Compiles the server of a folder once. The returned function loads it again each time, so that code
 * that runs while modules are loaded is mutated too.
 *
 * @param folder - has a `reference-server/` and an `openapi/`
 */
export const prepareServer = async (folder: string): Promise<() => ServerCopy> => {
  const contractUrl = pathToFileURL(join(folder, 'openapi', 'contract.ts')).href;
  const { outputFiles } = await build({
    stdin: {
      contents: [
        "export { startServer } from './reference-server/server.ts';",
        "export { defaultConfig } from './reference-server/config.ts';",
        "export { createServices } from './reference-server/runtime/services.ts';",
        "export { createState } from './reference-server/state/state.ts';",
      ].join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node20' },
    packages: 'external',
    // Only the contract uses its own path.
    define: { 'import.meta.url': 'contractUrl', 'import.meta.dirname': 'undefined' },
    logLevel: 'error',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`esbuild made no bundle of the server in ${folder}.`);
  const parameters = '(require, module, contractUrl)';
  const source = `(function ${parameters} { const exports = module.exports;\n${instrumentation.forSeveral(bundle.text)}\n})`;
  const script = new Script(source, { filename: 'reference-server.cjs' });
  const require = createRequire(contractUrl);
  return () => {
    const module: { exports: unknown } = { exports: {} };
    (script.runInThisContext() as Wrapper)(require, module, contractUrl);
    return module.exports as ServerCopy;
  };
};

/** Where the code that Stryker has added to the server reads which mutant is active. */
type StrykerContext = {
  -readonly [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined;
};

/** Several mutants can be active at once, which Stryker doesn't know. */
type Context = StrykerContext & { activeMutants?: ReadonlySet<string> | undefined };

const readContext = (): Context => {
  const holder = globalThis as { __stryker__?: Context };
  return (holder.__stryker__ ??= {});
};

export const instrumentation = {
  /** Activates mutants; the returned function deactivates them and returns their number of hits. */
  activate: (ids: readonly string[], hitLimit: number | undefined): (() => number | undefined) => {
    const context = readContext();
    context.activeMutants = new Set(ids);
    context.hitCount = hitLimit === undefined ? undefined : 0;
    context.hitLimit = hitLimit;
    return () => {
      const { hitCount } = context;
      context.activeMutants = context.hitCount = context.hitLimit = undefined;
      return hitCount;
    };
  },
  /** Changes instrumented code, in which names may have a number, to check all active mutants. */
  forSeveral: (code: string): string => {
    const several = code.replace(/(\w+)\.activeMutant === (id\d*)/g, '$1.activeMutants?.has($2)');
    if (several === code) throw new Error('The code is not instrumented as it should be.');
    return several;
  },
  /** From now on, hits count for this test; undefined for none. */
  attribute: (test: string | undefined): void => {
    readContext().currentTestId = test;
  },
  /** Which mutants each test has reached. */
  coverage: (): MutantCoverage => readContext().mutantCoverage ?? { static: {}, perTest: {} },
};

/** The coverage of several tests together. */
export const mergeCoverage = (parts: readonly CoverageData[]): CoverageData => {
  const whole: Record<string, number> = {};
  for (const part of parts) {
    for (const [id, hits] of Object.entries(part)) whole[id] = (whole[id] ?? 0) + hits;
  }
  return whole;
};
