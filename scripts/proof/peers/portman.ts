import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundlePath, repositoryRoot } from '../../cli/command.ts';
import { removeMachinePaths } from '../harness/machine-paths.ts';
import { examineProxied, type FaultyServerProxy, type TestData } from './faulty-server-proxy.ts';
import { type Peer, PeerUnavailable } from './peer.ts';

interface Newman {
  readonly run: (
    options: Readonly<Record<string, unknown>>,
    done: (error: Error | null, summary: NewmanSummary) => void,
  ) => void;
}

/** For one response, in milliseconds. */
const timeout = 10_000;

const cv = join(import.meta.dirname, 'cv.pdf');

/**
 * Portman: it writes tests into a Postman collection, and newman runs them.
 *
 * @throws PeerUnavailable when it can't be installed
 */
export const openPortman = async (
  proxy: FaultyServerProxy,
  print: (line: string) => void,
): Promise<Peer> => {
  await installPortman(print);
  const collection = await convertBundle();
  const newman = requireCached('newman') as Newman;
  return {
    name: 'Portman',
    version: portmanVersion,
    given:
      'the bundle, a configuration by hand (contract tests, contents, variations, fuzzing), keys, ' +
      'ids, data',
    visibility: { deliveries: false, keys: false },
    run: examineProxied(proxy, (url, data) => runCollection(newman, collection, url, data)),
    close: () => Promise.resolve(),
  };
};

const runCollection = (
  newman: Newman,
  collection: Collection,
  url: string,
  data: TestData,
): Promise<string[]> => {
  const values = { ...data, baseUrl: url, bearerToken: data.key, cv };
  const options = {
    collection: withVariables(collection, values),
    reporters: [],
    ignoreRedirects: true,
    // Otherwise newman reads files from this folder only.
    insecureFileRead: true,
    timeoutRequest: timeout,
  };
  return new Promise((resolve, reject) => {
    newman.run(options, (error, summary) => {
      if (error) reject(error);
      else resolve(newmanFindings(summary));
    });
  });
};

/** A Postman collection with the tests that Portman has added. */
interface Collection {
  readonly item: readonly unknown[];
  readonly variable: readonly { readonly key: string; readonly value: string }[];
}

const configuration = join(import.meta.dirname, 'portman.yaml');

/**
 * Lets Portman convert the bundle into a collection, by our configuration.
 *
 * @throws PeerUnavailable when it can't
 */
const convertBundle = async (): Promise<Collection> => {
  const folder = join(portmanFolder, 'work');
  const file = join(folder, 'collection.json');
  await mkdir(folder, { recursive: true });
  const portman = requireCached.resolve('@apideck/portman/bin/portman');
  const given = ['--local', bundlePath, '--portmanConfigFile', configuration];
  const options = [portman, ...given, '--output', file, '--runNewman', 'false'];
  await promisify(execFile)(process.execPath, options, { cwd: folder }).catch((error: unknown) => {
    throw new PeerUnavailable(
      `Portman couldn't convert the bundle: ${removeMachinePaths(String(error))}`,
    );
  });
  return JSON.parse(await readFile(file, 'utf8')) as Collection;
};

/** The collection for one server: what Portman's tests compare with are collection variables. */
const withVariables = (
  collection: Collection,
  values: Readonly<Record<string, string>>,
): Collection => ({
  ...structuredClone(collection),
  variable: Object.entries(values).map(([key, value]) => ({ key, value })),
});

/** The summary of a newman run, as far as it is used here. */
interface NewmanSummary {
  readonly run: { readonly failures: readonly NewmanFailure[] };
}

interface NewmanFailure {
  readonly source?: { readonly name?: string };
  /** `test` is the name of the test that failed; other errors have a message only. */
  readonly error: { readonly test?: string; readonly message: string };
}

/** The tests that failed, each named by its request. */
export const newmanFindings = ({ run }: NewmanSummary): string[] =>
  run.failures.map(({ source, error }) => `${source?.name ?? ''}: ${error.test ?? error.message}`);

/** It is no dependency of the kit; it is installed here when the proof runs it. */
const portmanFolder = join(repositoryRoot, 'node_modules/.cache/peers');

const portmanVersion = '1.33.0';

// It imports tslib without naming it as a dependency.
const packages = [`@apideck/portman@${portmanVersion}`, 'tslib@2'];

/** Loads packages from the cache. */
const requireCached = createRequire(join(portmanFolder, 'package.json'));

/**
 * Installs Portman from npm, unless it is already there.
 *
 * @throws PeerUnavailable when npm can't
 */
const installPortman = async (print: (line: string) => void): Promise<void> => {
  if (isInstalled()) return;
  print(`Installing ${packages.join(' and ')} in ${portmanFolder}.`);
  await mkdir(portmanFolder, { recursive: true });
  const options = ['install', '--prefix', portmanFolder, '--no-audit', '--no-fund', ...packages];
  await promisify(execFile)('npm', options, { cwd: portmanFolder }).catch((error: unknown) => {
    const [reason = ''] = /npm (?:error|ERR!).*/.exec(String(error)) ?? [];
    throw new PeerUnavailable(
      `Portman couldn't be installed from npm (${reason}). It needs the network once: try again.`,
    );
  });
};

const isInstalled = (): boolean => {
  try {
    const text = requireCached('@apideck/portman/package.json') as { version: string };
    requireCached.resolve('tslib');
    return text.version === portmanVersion;
  } catch {
    return false;
  }
};
