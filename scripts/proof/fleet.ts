/**
 * `npm run proof:fleet`: each faulty server is judged by the rules that verify what it breaks.
 *
 * Exit codes: 0 all are killed for their own reason, 1 one got away, 2 usage.
 */
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import { newCommand, parseOrExit } from '../command.ts';
import { openBench } from './fleet/bench.ts';
import { faults } from './fleet/faults/index.ts';
import { isKilled, proveFault, type FaultResult, type FleetResult } from './fleet/result.ts';
import { writeRecord } from './record.ts';

const command = newCommand('proof:fleet', 'Let the suite judge a fleet of faulty servers.')
  .option('--only <text>', 'those whose id or requirement contains this; leaves no record', '')
  .option('--seeds <numbers>', 'a hunt for each', (text) => text.split(',').map(Number), [1, 2, 3])
  .option('--runs <number>', 'generated cases for each property', Number, 8)
  .option('--wide', 'look at what else each of them breaks', false);
parseOrExit(command);
const { only, seeds, runs, wide } = command.opts<{
  only: string;
  seeds: number[];
  runs: number;
  wide: boolean;
}>();

const tell = ({ fault, breaks, kills, requests, milliseconds, survey }: FaultResult): string => {
  const head = `${isKilled({ kills }) ? 'killed ' : 'ESCAPED'} ${fault} ${breaks}`;
  const [kill] = kills;
  const told = kill ? `${kill.rule}: ${kill.expected} | ${kill.actual}` : '';
  const breadth = survey ? `, ${survey.failed.length} of ${survey.judged} rules failed` : '';
  return `${head} (${requests} requests, ${milliseconds} ms${breadth}) ${told}`;
};

const chosen = faults.filter(({ id, breaks }) => `${id} ${breaks}`.includes(only));
const bench = await openBench();
const options = { bench, contract: readContract(), register: readRegister(), runs };
const results: FaultResult[] = [];
for (const fault of chosen) {
  const result = await proveFault(fault, seeds, wide, options);
  results.push(result);
  console.log(tell(result));
}
await bench.close();
const result: FleetResult = { seeds, runs, faults: results };
if (only === '') writeRecord('fleet', result);
const escaped = results.filter((one) => !isKilled(one)).length;
console.log(`${chosen.length} faults, ${escaped} got away.`);
process.exitCode = escaped === 0 && chosen.length > 0 ? 0 : 1;
