import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeMachinePaths } from '../harness/record.ts';
import { examineProxied, type FaultyServerProxy, type TestData } from './faulty-server-proxy.ts';
import { pathIn, type Peer, versionOf } from './peer.ts';

const description = join(import.meta.dirname, 'leadgrid.arazzo.yaml');
/** How long one answer may take, in milliseconds. */
const patience = 10_000;

/** Redocly Respect: it follows workflows that a user has written down in Arazzo. */
export const openRespect = async (front: FaultyServerProxy): Promise<Peer> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-respect-'));
  return {
    name: 'Redocly Respect',
    version: versionOf('@redocly/cli'),
    given: 'the bundle, an Arazzo description of the main flows by hand, keys, ids, data',
    sees: { deliveries: false, keys: false },
    look: examineProxied(front, (url, ground) =>
      runWorkflows(url, ground, join(folder, 'log.json')),
    ),
    close: () => rm(folder, { recursive: true }),
  };
};

/** @param log - a file to write to */
const runWorkflows = async (url: string, ground: TestData, log: string): Promise<string[]> => {
  const given = ['--input', JSON.stringify(ground), '--server', `leadgrid=${url}`];
  const waits = ['--max-fetch-timeout', String(patience)];
  const options = ['respect', description, ...given, ...waits, '--json-output', log];
  await rm(log, { force: true });
  const said = await runCli([pathIn('@redocly/cli', 'bin/cli.js'), ...options]);
  const text = await readFile(log, 'utf8').catch(() => {
    throw new Error(
      `Respect left no log. It last said: ${removeMachinePaths(said.trim()).slice(-300)}`,
    );
  });
  return respectFindings(text);
};

/** What it says. That a check failed ends it with 1, which is told by the log as well. */
const runCli = (parts: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      REDOCLY_TELEMETRY: 'off',
      REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    };
    const limits = { env, timeout: 12 * patience, maxBuffer: 2 ** 26 };
    execFile(process.execPath, [...parts], limits, (_, out, err) => {
      resolve(out + err);
    });
  });

/** What Redocly Respect writes with `--json-output`, as far as it matters here. */
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

/** The checks that failed, each named by its step and by what it demands. */
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
