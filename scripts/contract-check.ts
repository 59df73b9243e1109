/**
 * `npm run contract:check`: the checks of the contract, one line each, then every problem on a
 * line.
 *
 * Exit codes: 0 all checks passed, 1 a check found problems, 2 usage.
 */
import { join } from 'node:path';
import {
  newCommand,
  openapiFolder,
  parseOrExit,
  readPackageVersion,
  repositoryRoot,
} from './cli/command.ts';
import { checkContract } from './contract/check.ts';
import { formatProblem } from './contract/sources.ts';

parseOrExit(
  newCommand(
    'contract:check',
    'Check the contract: YAML, references, lint, examples, register, generated files.',
  ),
);

for await (const { gate, problems } of checkContract(openapiFolder, {
  lintConfig: join(repositoryRoot, '.redocly.yaml'),
  version: readPackageVersion(),
})) {
  if (problems.length === 0) {
    console.log(`ok      ${gate}`);
    continue;
  }
  console.error(`FAILED  ${gate}: ${problems.length} problem(s) under openapi/`);
  for (const problem of problems) console.error(formatProblem(problem));
  process.exitCode = 1;
}
