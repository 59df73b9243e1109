/**
 * `npm run proof:fleet`: each faulty server is judged by the rules that verify what it breaks. An
 * honest server is judged first: a rule that it doesn't pass kills nothing.
 *
 * Exit codes: 0 all are killed for their own reason, 1 one got away, 2 usage, 4 it broke down.
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

const name = 'proof:fleet';
const command = newCommand(name, 'Let the suite judge a fleet of faulty servers.')
  .option('--only <text>', 'those whose id or requirement contains this', '')
  .option(
    '--seeds <numbers>',
    'a hunt for each',
    (text) => text.split(',').map(parseCount),
    [1, 2, 3],
  )
  .option('--runs <number>', 'generated cases for each property', parseCount, 8)
  .option('--wide', 'look at what else each of them breaks', false)
  .option(
    '--missing',
    'only those that the record has not caught; it is for you to know that the rules are the same',
    false,
  )
  .addHelpText('after', `${recordHelp} What was missing is put into it.`);
parseOrExit(command);
const { only, seeds, runs, wide, missing } = command.opts<{
  only: string;
  seeds: number[];
  runs: number;
  wide: boolean;
  missing: boolean;
}>();

const formatResult = ({
  fault,
  breaks,
  kills,
  requests,
  milliseconds,
  survey,
}: FaultyServerResult): string => {
  const head = `${isCaught({ kills }) ? 'killed ' : 'ESCAPED'} ${fault} ${breaks}`;
  const [kill] = kills;
  const told = kill ? `${kill.rule}: ${kill.expected} | ${kill.actual}` : '';
  const breadth = survey ? `, ${survey.failed.length} of ${survey.judged} rules failed` : '';
  return `${head} (${requests} requests, ${milliseconds} ms${breadth}) ${told}`;
};

const testFaultyServers = async (
  bench: FaultyServerHarness,
  chosen: readonly FaultyServer[],
  commit: string,
): Promise<FaultyServersResult> => {
  const unfit = await findUnfitRules(chosen, { bench, seeds, runs });
  for (const { rule, seed, reason } of unfit) {
    console.log(`UNFIT   ${rule} fails at an honest server, with seed ${seed}: ${reason}`);
  }
  const options = {
    ...{ bench, contract: readContract(), register: readRegister(), runs },
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

await main(name, async () => {
  const named = faultyServers.map((fault) => [`${fault.id} ${fault.breaks}`, fault] as const);
  const selected = selectOrExit(command, only, named);
  const record = beginRecord('fleet', command, ['wide', 'missing']);
  const none: FaultyServersResult = { commits: [], seeds, runs, unfit: [], faults: [] };
  const earlier = missing
    ? keepCaught(readRecord<FaultyServersResult>('fleet'), faultyServers, { seeds, runs })
    : none;
  const known = new Set(earlier.faults.map(({ fault }) => fault));
  const chosen = selected.filter(({ id }) => !known.has(id));
  const bench = await openFaultyServerHarness();
  const { commit } = record.circumstances;
  const fresh = await testFaultyServers(bench, chosen, commit).finally(bench.close);
  const result = mergeResults(earlier, fresh, faultyServers);
  record.write(result);
  const escaped = result.faults.filter((one) => !isCaught(one)).length;
  const { length: sailed } = result.faults;
  console.log(`${sailed} faults, ${escaped} got away; ${result.unfit.length} rules were unfit.`);
  process.exitCode = escaped === 0 ? 0 : 1;
});
