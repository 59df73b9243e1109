/**
 * `npm run check`: everything that must hold before a change is committed, cheapest first.
 *
 * Stops at the first step that fails. `--results <file>` also writes the results of the tests as
 * JSON. Exit codes: 0 all steps passed, 1 a step failed, 2 usage.
 */
import { spawnSync } from 'node:child_process';
import { newCommand, parseOrExit, repositoryRoot } from './cli/command.ts';

const steps: readonly { script: string; proves: string }[] = [
  { script: 'format:check', proves: 'the files are formatted' },
  { script: 'lint', proves: 'the code follows the lint rules' },
  { script: 'types', proves: 'the types are correct' },
  {
    script: 'contract:check',
    proves: 'the contract is valid, complete and generated files are up to date',
  },
  { script: 'boundaries', proves: 'no import crosses a boundary' },
  { script: 'unused', proves: 'no file, export or dependency is unused' },
  { script: 'test', proves: 'the tests pass' },
];

const run = (script: string, extra: readonly string[]): boolean => {
  const options = { cwd: repositoryRoot, stdio: 'inherit' } as const;
  const separated = extra.length === 0 ? [] : ['--', ...extra];
  return spawnSync('npm', ['run', '--silent', script, ...separated], options).status === 0;
};

const command = newCommand(
  'check',
  'Check everything, stopping at the first step that fails.',
).option('--results <file>', 'also write the results of the tests to this file, as JSON');
parseOrExit(command);
const { results } = command.opts<{ results?: string }>();
const reporters =
  results === undefined
    ? []
    : ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`];

const times: string[] = [];
for (const [index, { script, proves }] of steps.entries()) {
  const step = `${index + 1}/${steps.length} npm run ${script}`;
  console.log(`\ncheck ${step}: ${proves}`);
  const start = Date.now();
  const passed = run(script, script === 'test' ? reporters : []);
  times.push(`${script} ${Math.round((Date.now() - start) / 1000)} s`);
  if (passed) continue;
  console.error(`\ncheck: FAILED at ${step}. Fix the errors above, then run the check again.`);
  process.exit(1);
}
console.log(`\ncheck: all ${steps.length} steps passed: ${times.join(', ')}.`);
