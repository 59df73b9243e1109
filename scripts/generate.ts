/**
 * `npm run generate`: generates openapi/generated from the hand-written files under openapi/, and
 * the index of the rules from their files.
 *
 * Writes all files that can be generated, and reports every problem with the others. Exit codes: 0
 * written, 1 a problem in the contract's files, 2 usage.
 */
import { newCommand, parseOrExit, repositoryRoot } from './cli/command.ts';
import { formatProblem } from './contract/sources.ts';
import { writeContract, writeRulesIndex } from './contract/write.ts';

parseOrExit(newCommand('generate', 'Generate openapi/generated and the index of the rules.'));

const { paths, problems } = await writeContract(repositoryRoot);
const { paths: indexes } = await writeRulesIndex(repositoryRoot);
for (const path of [...paths, ...indexes]) console.log(`wrote ${path}`);
for (const problem of problems) console.error(formatProblem(problem));
if (problems.length > 0) {
  console.error(
    `generate: ${problems.length} problem(s) under openapi/; fix them and run it again.`,
  );
  process.exitCode = 1;
}
