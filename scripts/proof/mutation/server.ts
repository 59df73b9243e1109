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

/** A server that runs, and a court that can judge it. */
export interface RunningServer {
  readonly court: Runner;
  /** Ends whatever is still being judged, and the server; it isn't waited for any longer than that. */
  readonly end: () => Promise<void>;
}

export interface MutantServers {
  /**
   * Starts the server of a copy, with a control API beside it that is no part of the copy: a mutant
   * is to be seen by those who call the API.
   *
   * @throws NotStarted when the copy doesn't start, or its state holds nothing; and whatever else
   *   keeps it from being made ready
   */
  readonly raise: (load: () => ServerCopy) => Promise<RunningServer>;
  readonly close: () => Promise<void>;
}

/** The server itself is what failed, or the state that it keeps. */
export class NotStarted extends Error {}

export interface MutantServersOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
}

/** How long one answer may take, in milliseconds. */
const timeout = 8_000;
/** For an event that doesn't come, in milliseconds; a failure is judged again before it counts. */
const patience = { event: 1_200, silence: 60 };
/** How long a server may take to close before the next one is started, in milliseconds. */
const farewell = 300;

/**
 * Whether the control API broke down at the state that it shares with the copy. It is honest itself,
 * and the suite, where nothing can be made ready, calls no server conformant.
 */
const isOfState = (error: unknown): boolean => /control API .* answered 5\d\d/.test(String(error));

/** Puts up all that the judging of one server after another needs. */
export const openMutantServers = async ({
  rules,
  seed,
  runs,
}: MutantServersOptions): Promise<MutantServers> => {
  const core = createHarnessCore();
  const sink = await openLocalSink(patience);
  const raise: MutantServers['raise'] = async (load) => {
    const { url, state, services, close } = await startCopy(load);
    const interruption = new AbortController();
    const servers = [close];
    const end = async (): Promise<void> => {
      interruption.abort();
      const closing = Promise.allSettled(servers.map((stop) => stop()));
      await Promise.race([closing, sleep(farewell)]);
    };
    try {
      const control = await startServer({ ...defaultConfig, port: 0 }, { state, services });
      servers.push(control.close);
      const { controlUrl = '' } = control;
      const target = await core.targetOf({ url, controlUrl });
      const run = { rules, seed, runs, timeout };
      const court = core.createRunner({ run, target, sink, interruption: interruption.signal });
      return { court, end };
    } catch (error) {
      await end();
      throw isOfState(error) ? new NotStarted(String(error)) : error;
    }
  };
  return { raise, close: () => sink.close() };
};

const startCopy = async (load: () => ServerCopy) => {
  try {
    const copy = load();
    const [state, services] = [copy.createState(), copy.createServices()];
    const config = { ...copy.defaultConfig, port: 0, control: false };
    const { url, close } = await copy.startServer(config, { state, services });
    // Whoever starts it has to be told where it is.
    return { url: new URL(url).href, state, services, close };
  } catch (error) {
    throw new NotStarted(String(error));
  }
};

/** The parts of a copy of the server that starting it takes. */
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
 * Makes the server of a folder ready to be loaded as often as wanted, anew each time, so that what
 * modules do as they are loaded is mutated like everything else. It is compiled only once.
 *
 * @param folder - where a `reference-server/` and an `openapi/` stand
 */
export const prepareServer = async (folder: string): Promise<() => ServerCopy> => {
  const contractUrl = pathToFileURL(join(folder, 'openapi', 'contract.ts')).href;
  const { outputFiles } = await build({
    stdin: {
      contents: [
        "export { startServer } from './reference-server/server.ts';",
        "export { defaultConfig } from './reference-server/config.ts';",
        "export { createServices } from './reference-server/services.ts';",
        "export { createState } from './reference-server/state/state.ts';",
      ].join('\n'),
      resolveDir: folder,
      loader: 'ts',
    },
    ...{ bundle: true, write: false, platform: 'node', format: 'cjs', target: 'node20' },
    packages: 'external',
    // Only the contract asks where it stands.
    define: { 'import.meta.url': 'contractUrl', 'import.meta.dirname': 'undefined' },
    logLevel: 'error',
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`Nothing came of bundling the server in ${folder}.`);
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

/** Where the code that Stryker has written into the server finds out which mutant is on. */
type Context = {
  -readonly [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined;
};

/** Beside the one mutant that Stryker's code knows of, several can be on at once. */
type Here = Context & { activeMutants?: ReadonlySet<string> | undefined };

const context = (): Here => {
  const holder = globalThis as { __stryker__?: Here };
  return (holder.__stryker__ ??= {});
};

export const instrumentation = {
  /** Switches mutants on; what it gives switches them off and tells how often they were met. */
  activate: (ids: readonly string[], hitLimit: number | undefined): (() => number | undefined) => {
    const here = context();
    here.activeMutants = new Set(ids);
    here.hitCount = hitLimit === undefined ? undefined : 0;
    here.hitLimit = hitLimit;
    return () => {
      const { hitCount } = here;
      here.activeMutants = here.hitCount = here.hitLimit = undefined;
      return hitCount;
    };
  },
  /** Makes instrumented code, in which names may have got a number, ask for all that are on. */
  forSeveral: (code: string): string => {
    const several = code.replace(/(\w+)\.activeMutant === (id\d*)/g, '$1.activeMutants?.has($2)');
    if (several === code) throw new Error('The code is not instrumented as it should be.');
    return several;
  },
  /** From now on, the mutants that are met are met by this test; undefined is none of them. */
  attribute: (test: string | undefined): void => {
    context().currentTestId = test;
  },
  /** What was met by whom. */
  coverage: (): MutantCoverage => context().mutantCoverage ?? { static: {}, perTest: {} },
};

/** What several tests have met together. */
export const unite = (parts: readonly CoverageData[]): CoverageData => {
  const whole: Record<string, number> = {};
  for (const part of parts) {
    for (const [id, hits] of Object.entries(part)) whole[id] = (whole[id] ?? 0) + hits;
  }
  return whole;
};
