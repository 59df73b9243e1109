/**
 * `npm run new -- rule|operation|event|reporter NAME [--dry-run]`: writes the files of a new thing,
 * complete but for its facts, and says what is left to do.
 *
 * Exit codes: 0 written, 2 a name that exists or has another form, 4 it broke down.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { main, newCommand, parseOrExit, repositoryRoot } from './cli/command.ts';
import { formatProblem } from './contract/sources.ts';
import { formatDraft, Misuse, type Scaffold, writeScaffold } from './new/draft.ts';
import { scaffoldEvent } from './new/event.ts';
import { type Method, methods } from './new/operation-text.ts';
import { type OperationOptions, scaffoldOperation } from './new/operation.ts';
import { scaffoldReporter } from './new/reporter.ts';
import { type RuleOptions, scaffoldRule } from './new/rule.ts';

const parseList = (text: string): readonly string[] => text.split(',').map((one) => one.trim());

const parseMethod = (text: string): Method => {
  const method = methods.find((one) => one === text.toLowerCase());
  if (method !== undefined) return method;
  throw new InvalidArgumentError(`It should be one of ${methods.join(', ')}.`);
};

/** What the command line asks for. */
let asked: { readonly make: () => Promise<Scaffold>; readonly dryRun: boolean } | undefined;

const command = newCommand('new', 'Write the files of a new thing, complete but for its facts.');

/** A kind of thing; the options of its command go to the scaffold. */
const addKind = (usage: string, description: string): Command =>
  command
    .command(usage)
    .description(description)
    .option('--dry-run', 'write nothing, and print what would be written', false);

addKind('rule', 'a rule with its check and its fault, in the file of its topic')
  .argument('<area/name>', 'its id, such as contacts/search-case')
  .requiredOption('--verifies <ids>', 'entries of the register, all MUST or all SHOULD', parseList)
  .option('--topic <file>', 'the file of the area; by default a new one with the name of the rule')
  .action((id: string, { dryRun, ...options }: RuleOptions & { dryRun: boolean }) => {
    asked = { dryRun, make: () => scaffoldRule(repositoryRoot, id, options) };
  });
addKind('operation', 'an operation, from the contract to a handler of the server')
  .argument('<operationId>', 'such as listDossierNotes')
  .requiredOption('--method <method>', methods.join(', '), parseMethod)
  .requiredOption('--path <path>', 'its path, such as /dossiers/{id}/notes')
  .requiredOption('--resource <folder>', 'the folder of reference-server/ for its handler')
  .option('--scopes <scopes>', "by default the resource's own, to read or to write", parseList)
  .action((id: string, { dryRun, ...options }: OperationOptions & { dryRun: boolean }) => {
    asked = { dryRun, make: () => scaffoldOperation(repositoryRoot, id, options) };
  });
addKind('event', 'an event, from the contract to its cause in the server')
  .argument('<name>', 'such as dossier.created')
  .action((name: string, { dryRun }: { dryRun: boolean }) => {
    asked = { dryRun, make: () => scaffoldEvent(repositoryRoot, name) };
  });
addKind('reporter', 'a report format')
  .argument('<name>', 'as --report takes it, such as junit')
  .action((name: string, { dryRun }: { dryRun: boolean }) => {
    asked = { dryRun, make: () => scaffoldReporter(repositoryRoot, name) };
  });
parseOrExit(command);

const print = ({ files, next }: Scaffold, written: readonly string[]): void => {
  if (written.length === 0) console.log(files.map(formatDraft).join('\n\n'));
  for (const path of written) console.log(`wrote ${path}`);
  console.log('\nWhat is left to do:');
  for (const [index, step] of next.entries()) console.log(`${index + 1}. ${step}`);
};

await main('new', async () => {
  if (asked === undefined) return;
  try {
    const scaffold = await asked.make();
    if (asked.dryRun) {
      print(scaffold, []);
      return;
    }
    const { paths, problems } = await writeScaffold(repositoryRoot, scaffold);
    print(scaffold, paths);
    if (problems.length > 0) throw new Error(problems.map(formatProblem).join('; '));
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    console.error(`new: ${error.message}.`);
    process.exitCode = 2;
  }
});
