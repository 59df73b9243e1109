/**
 * `npm run proof:fleet`: each faulty server is judged by the rules that verify what it breaks. An
 * honest server is judged first: a rule that it doesn't pass kills nothing.
 *
 * Exit codes: 0 all are killed for their own reason, 1 one got away, 2 usage, 4 it broke down.
 */
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { main, newCommand, parseCount, parseOrExit } from '../command.ts';
import { openBench, type Bench } from './fleet/bench.ts';
import type { Fault } from './fleet/fault.ts';
import { faults } from './fleet/faults/index.ts';
import { findUnfit } from './fleet/fitness.ts';
import {
  isKilled,
  keepCaught,
  mergeFleets,
  proveFault,
  type FaultResult,
  type FleetResult,
} from './fleet/result.ts';
import { beginRecord, readRecord, recordHelp } from './record.ts';
import { selectOrExit } from './selection.ts';

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

const tell = ({ fault, breaks, kills, requests, milliseconds, survey }: FaultResult): string => {
  const head = `${isKilled({ kills }) ? 'killed ' : 'ESCAPED'} ${fault} ${breaks}`;
  const [kill] = kills;
  const told = kill ? `${kill.rule}: ${kill.expected} | ${kill.actual}` : '';
  const breadth = survey ? `, ${survey.failed.length} of ${survey.judged} rules failed` : '';
  return `${head} (${requests} requests, ${milliseconds} ms${breadth}) ${told}`;
};

const proveFleet = async (
  bench: Bench,
  chosen: readonly Fault[],
  commit: string,
): Promise<FleetResult> => {
  const unfit = await findUnfit(chosen, { bench, seeds, runs });
  for (const { rule, seed, reason } of unfit) {
    console.log(`UNFIT   ${rule} fails at an honest server, with seed ${seed}: ${reason}`);
  }
  const options = {
    ...{ bench, contract: readContract(), register: readRegister(), runs },
    unfit: new Set(unfit.map(({ rule }) => rule)),
  };
  const results: FaultResult[] = [];
  for (const fault of chosen) {
    const result = await proveFault(fault, seeds, wide, options);
    results.push(result);
    console.log(tell(result));
  }
  return { commits: [commit], seeds, runs, unfit, faults: results };
};

await main(name, async () => {
  const named = faults.map((fault) => [`${fault.id} ${fault.breaks}`, fault] as const);
  const selected = selectOrExit(command, only, named);
  const record = beginRecord('fleet', command, ['wide', 'missing']);
  const none: FleetResult = { commits: [], seeds, runs, unfit: [], faults: [] };
  const earlier = missing
    ? keepCaught(readRecord<FleetResult>('fleet'), faults, { seeds, runs })
    : none;
  const known = new Set(earlier.faults.map(({ fault }) => fault));
  const chosen = selected.filter(({ id }) => !known.has(id));
  const bench = await openBench();
  const { commit } = record.circumstances;
  const fresh = await proveFleet(bench, chosen, commit).finally(bench.close);
  const result = mergeFleets(earlier, fresh, faults);
  record.write(result);
  const escaped = result.faults.filter((one) => !isKilled(one)).length;
  const { length: sailed } = result.faults;
  console.log(`${sailed} faults, ${escaped} got away; ${result.unfit.length} rules were unfit.`);
  process.exitCode = escaped === 0 ? 0 : 1;
});
