/**
 * `npm run proof:faulty-servers`: tries to catch each faulty server by the rules that verify what it
 * breaks. These rules first run on the unmodified server: a rule that it doesn't pass catches nothing.
 *
 * Exit codes: 0 all are caught for their own reason, 1 one was not caught, 2 usage, 4 it broke down.
 */
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { faultyServers } from './faulty-servers/faults/index.ts';
import type { FaultyServer } from './faulty-servers/faulty-server.ts';
import {
  type FaultyServerResult,
  type FaultyServersResult,
  findUnfitRules,
  isCaught,
  keepCaught,
  mergeResults,
  testFaultyServer,
} from './faulty-servers/result.ts';
import { type FaultyServerHarness, openFaultyServerHarness } from './faulty-servers/start.ts';
import { selectOrExit } from './harness/command-options.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';

const name = 'proof:faulty-servers';
const command = newCommand(name, 'Run the suite against servers with one fault each.')
  .option('--only <text>', 'those whose id or requirement contains this', '')
  .option(
    '--seeds <numbers>',
    'one attempt for each',
    (text) => text.split(',').map(parseCount),
    [1, 2, 3],
  )
  .option('--runs <number>', 'generated cases for each property', parseCount, 8)
  .option('--wide', 'also run all other rules of the areas that the fault concerns', false)
  .option(
    '--missing',
    'only those that the record has not caught, provided that the rules have not changed',
    false,
  )
  .addHelpText('after', `${recordHelp} With --missing the results are added to it.`);
parseOrExit(command);
const { only, seeds, runs, wide, missing } = command.opts<{
  only: string;
  seeds: number[];
  runs: number;
  wide: boolean;
  missing: boolean;
}>();

const formatResult = (result: FaultyServerResult): string => {
  const { fault, breaks, catches, requests, milliseconds, breadth } = result;
  const head = `${isCaught(result) ? 'caught ' : 'ESCAPED'} ${fault} ${breaks}`;
  const [first] = catches;
  const reason = first ? `${first.rule}: ${first.expected} | ${first.actual}` : '';
  const failed = breadth ? `, ${breadth.failed.length} of ${breadth.judged} rules failed` : '';
  return `${head} (${requests} requests, ${milliseconds} ms${failed}) ${reason}`;
};

const testFaultyServers = async (
  harness: FaultyServerHarness,
  chosen: readonly FaultyServer[],
  commit: string,
): Promise<FaultyServersResult> => {
  const unfit = await findUnfitRules(chosen, { harness, seeds, runs });
  for (const { rule, seed, reason } of unfit) {
    console.log(`UNFIT   ${rule} fails on the unmodified server, with seed ${seed}: ${reason}`);
  }
  const options = {
    ...{ harness, contract: readContract(), register: readRegister(), runs },
    unfit: new Set(unfit.map(({ rule }) => rule)),
  };
  const results: FaultyServerResult[] = [];
  for (const fault of chosen) {
    const result = await testFaultyServer(fault, seeds, wide, options);
    results.push(result);
    console.log(formatResult(result));
  }
  return { commits: [commit], seeds, runs, unfit, faults: results };
};

const none: FaultyServersResult = { commits: [], seeds, runs, unfit: [], faults: [] };

await main(name, async () => {
  const named = faultyServers.map((fault) => [`${fault.id} ${fault.breaks}`, fault] as const);
  const selected = selectOrExit(command, only, named);
  const record = beginRecord('faulty-servers', command, ['wide', 'missing']);
  const recorded = missing ? readRecord<FaultyServersResult>('faulty-servers') : undefined;
  const earlier = keepCaught(recorded ?? none, faultyServers, { seeds, runs });
  const known = new Set(earlier.faults.map(({ fault }) => fault));
  const chosen = selected.filter(({ id }) => !known.has(id));
  const harness = await openFaultyServerHarness();
  const { commit } = record.circumstances;
  const fresh = await testFaultyServers(harness, chosen, commit).finally(harness.close);
  const result = mergeResults(earlier, fresh, faultyServers);
  record.write(result);
  const escaped = result.faults.filter((one) => !isCaught(one)).length;
  const { length: count } = result.faults;
  console.log(`${count} faults, ${escaped} not caught; ${result.unfit.length} unfit rules.`);
  process.exitCode = escaped === 0 ? 0 : 1;
});
