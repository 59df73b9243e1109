/**
 * `npm run generate`: generates openapi/generated from the hand-written files under openapi/, and
 * the index of the rules from their files.
 *
 * Writes all files that can be generated, and reports every problem with the others. Exit codes: 0
 * written, 1 a problem in the contract's files, 2 usage.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newCommand, openapiFolder, parseOrExit, repositoryRoot } from './cli/command.ts';
import { generateFiles } from './contract/generate.ts';
import { rulesIndex } from './contract/rules-index.ts';
import { formatProblem } from './contract/sources.ts';

parseOrExit(newCommand('generate', 'Generate openapi/generated and the index of the rules.'));

const { files, problems } = await generateFiles(openapiFolder);
for (const { path, text } of files) {
  const target = join(openapiFolder, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  console.log(`wrote openapi/${path}`);
}
const index = rulesIndex();
await writeFile(join(repositoryRoot, index.path), index.text);
console.log(`wrote ${index.path}`);
for (const problem of problems) console.error(formatProblem(problem));
if (problems.length > 0) {
  console.error(
    `generate: ${problems.length} problem(s) under openapi/; fix them and run it again.`,
  );
  process.exitCode = 1;
}
