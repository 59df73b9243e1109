import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeMachinePaths } from '../harness/machine-paths.ts';
import { examineProxied, type FaultyServerProxy, type TestData } from './faulty-server-proxy.ts';
import { pathIn, type Peer, versionOf } from './peer.ts';

const description = join(import.meta.dirname, 'leadgrid.arazzo.yaml');
/** For one response, in milliseconds. */
const timeout = 10_000;

/** Redocly Respect: it runs workflows that are described in Arazzo. */
export const openRespect = async (proxy: FaultyServerProxy): Promise<Peer> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-respect-'));
  return {
    name: 'Redocly Respect',
    version: versionOf('@redocly/cli'),
    given: 'the bundle, an Arazzo description of the main flows by hand, keys, ids, data',
    visibility: { deliveries: false, keys: false },
    run: examineProxied(proxy, (url, data) => runWorkflows(url, data, join(folder, 'log.json'))),
    close: () => rm(folder, { recursive: true }),
  };
};

/** @param log - a file to write to */
const runWorkflows = async (url: string, data: TestData, log: string): Promise<string[]> => {
  const given = ['--input', JSON.stringify(data), '--server', `leadgrid=${url}`];
  const limits = ['--max-fetch-timeout', String(timeout)];
  const options = ['respect', description, ...given, ...limits, '--json-output', log];
  await rm(log, { force: true });
  const output = await runCli([pathIn('@redocly/cli', 'bin/cli.js'), ...options]);
  const text = await readFile(log, 'utf8').catch(() => {
    throw new Error(
      `Respect left no log. Its last output: ${removeMachinePaths(output.trim()).slice(-300)}`,
    );
  });
  return respectFindings(text);
};

/** Its output. Exit code 1 means a failed check, which is in the log too. */
const runCli = (parts: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    };
    const limits = { env, timeout: 12 * timeout, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [...parts], limits, (_, out, err) => {
      resolve(out + err);
    });
  });

/** What Redocly Respect writes with `--json-output`, as far as it is used here. */
interface RespectLog {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly Workflow[] }>>;
}

interface Workflow {
  readonly workflowId: string;
  readonly executedSteps: readonly Step[];
}

interface Step {
  readonly stepId: string;
  readonly checks: readonly {
    readonly name: string;
    readonly passed: boolean;
    readonly condition?: string;
  }[];
}

/** The checks that failed, each with its step and condition. */
export const respectFindings = (text: string): string[] =>
  Object.values((JSON.parse(text) as RespectLog).files)
    .flatMap(({ executedWorkflows }) => executedWorkflows)
    .flatMap(({ workflowId, executedSteps }) =>
      executedSteps.flatMap(({ stepId, checks }) =>
        checks
          .filter(({ passed }) => !passed)
          .map(({ name, condition = '' }) =>
            `${workflowId}/${stepId}: ${name} ${condition}`.trim(),
          ),
      ),
    );
