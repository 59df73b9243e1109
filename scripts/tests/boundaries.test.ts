import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../cli/command.ts';
import { withFiles } from './temporary-folder.ts';

const config = join(repositoryRoot, '.dependency-cruiser.cjs');
const { forbidden } = createRequire(import.meta.url)(config) as {
  forbidden: { name: string; comment: string }[];
};

/** The folders of the suite in order, without the last one, which may import all others. */
const suiteFolders = forbidden.flatMap(({ name }) => {
  const [, folder] = /^(.*)-before-later-folders$/.exec(name) ?? [];
  return folder === undefined ? [] : [folder];
});

/** For each rule, a file and an import of it that the rule must forbid. */
const seeds: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'no-cycles': ['scripts/one.ts', './other.ts'],
  'no-orphan-paths': ['scripts/lost.ts', './nowhere.ts'],
  'server-not-suite': ['reference-server/config.ts', '../conformance/report/report.ts'],
  'suite-not-server': ['conformance/errors.ts', '../reference-server/table.ts'],
  'only-proof-imports-both': ['scripts/bench.ts', '../reference-server/table.ts'],
  'plain-server-shares-no-code': [
    'scripts/proof/plain-server/start.ts',
    '../../../reference-server/table.ts',
  ],
  'plain-server-states-its-facts': [
    'scripts/proof/plain-server/core/records.ts',
    '../../../../openapi/contract.ts',
  ],
  'proof-harness-before-its-parts': ['scripts/proof/harness/harness.ts', '../fault.ts'],
  'contract-stands-alone': ['openapi/contract.ts', '../conformance/report/report.ts'],
  'product-not-tooling': ['conformance/plan.ts', '../scripts/other.ts'],
  'commands-start-from-a-build': ['conformance/leadgrid-conformance.js', '../scripts/other.ts'],
  'build-knows-no-program': ['scripts/build/built.js', '../../conformance/report/report.ts'],
  'product-not-development-dependency': ['reference-server/spy.ts', 'prettier'],
  'nobody-imports-tests': ['scripts/leak.ts', './tests/fixture.ts'],
  'http-knows-no-resource': ['reference-server/http/match.ts', '../flows/order.ts'],
  'resources-not-each-others-handlers': [
    'reference-server/links/link.ts',
    '../dossiers/handlers.ts',
  ],
  'state-knows-no-resource': ['reference-server/state/store.ts', '../flows/order.ts'],
  'server-flows-downwards': ['reference-server/notes/note.ts', '../app.ts'],
  'app-not-its-starters': ['reference-server/app.ts', './server.ts'],
  ...Object.fromEntries(
    suiteFolders.map((folder, index) => [
      `${folder}-before-later-folders`,
      [`conformance/${folder}/early.ts`, `../${suiteFolders[index + 1] ?? 'commands'}/late.ts`],
    ]),
  ),
  'suite-not-its-entries': ['conformance/runner/runner.ts', '../cli.ts'],
  'only-commands-know-the-rules': ['conformance/runner/choose.ts', '../rules/paging/walk.ts'],
  'reporters-see-reports': ['conformance/reporters/json.ts', '../runner/runner.ts'],
  'targets-see-no-suite': ['conformance/targets/target.ts', '../contract/fields.ts'],
  'sink-stands-alone': ['conformance/webhooks/sink.ts', '../http/client.ts'],
};

const bystanders = [
  ...['conformance/report/report.ts', 'conformance/cli.ts', 'scripts/tests/fixture.ts'],
  ...['conformance/rules/paging/walk.ts', 'conformance/contract/fields.ts'],
  ...['conformance/http/client.ts', 'scripts/proof/fault.ts'],
  ...['targets', 'http', 'webhooks', 'generators', 'faults', 'context', 'fixtures', 'assertions']
    .concat(['model', 'rules', 'runner', 'report', 'reporters', 'doctor', 'commands'])
    .map((folder) => `conformance/${folder}/late.ts`),
  ...['reference-server/table.ts', 'reference-server/flows/order.ts', 'reference-server/server.ts'],
  'reference-server/dossiers/handlers.ts',
];

/** Imports that no rule forbids. */
const lawful: Readonly<Record<string, string>> = {
  'scripts/other.ts': "import './one.ts';\n",
  'scripts/proof/faulty-server.ts':
    "import '../../reference-server/table.ts';\nimport '../../conformance/report/report.ts';\n",
  'scripts/proof/plain-server/core/ids.ts':
    "import type { Id } from '../../../../openapi/contract.ts';\nimport './records.ts';\n",
  'reference-server/leadgrid-mock.js': "import '../scripts/build/built.js';\n",
  'reference-server/links/present.ts': "import '../flows/order.ts';\n",
  'conformance/targets/spawn.ts': "import 'node:http';\nimport './target.ts';\n",
  'conformance/reporters/pretty.ts': "import '../report/report.ts';\n",
  'conformance/rules/paging/index.ts': "import '../../contract/fields.ts';\n",
  'conformance/commands/run.ts': "import '../rules/paging/walk.ts';\n",
  'conformance/tests/index.ts': "import '../../scripts/other.ts';\nimport 'prettier';\n",
};

const seeded = Object.fromEntries([
  ...bystanders.map((path) => [path, 'export {};\n']),
  ...Object.entries(lawful),
  ...Object.values(seeds).map(([from, to]) => [from, `import '${to}';\n`]),
]) as Record<string, string>;

interface Violation {
  from: string;
  rule: { name: string };
}

const cruise = async (folder: string): Promise<Violation[]> => {
  const program = join(repositoryRoot, 'node_modules', '.bin', 'depcruise');
  const roots = ['openapi', 'reference-server', 'conformance', 'scripts'];
  const options = ['--config', config, '--output-type', 'json', ...roots];
  const { stdout } = await promisify(execFile)(program, options, { cwd: folder });
  const report = JSON.parse(stdout) as { summary: { violations: Violation[] } };
  return report.summary.violations;
};

describe('The import boundaries', () => {
  let violations: Violation[] = [];
  beforeAll(() =>
    withFiles(seeded, async (folder) => {
      violations = await cruise(folder);
    }),
  );

  it('each give their reason.', () => {
    for (const { name, comment } of forbidden) expect(comment, name).toMatch(/\.$/);
  });

  it('are all tested here.', () => {
    expect(Object.keys(seeds).sort()).toEqual(forbidden.map(({ name }) => name).sort());
  });

  for (const [name, [from, to]] of Object.entries(seeds)) {
    it(`forbid that ${from} imports ${to} (${name}).`, () => {
      const broken = violations.filter((violation) => violation.from === from);
      expect(broken.map(({ rule }) => rule.name)).toContain(name);
    });
  }

  it('allow all other imports.', () => {
    const blamed = violations.map(({ from }) => from);
    const innocent = Object.keys(lawful).filter((path) => path !== 'scripts/other.ts');
    expect(innocent.filter((path) => blamed.includes(path))).toEqual([]);
  });
});
