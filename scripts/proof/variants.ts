/**
 * `npm run proof:variants`: servers that differ from ours wherever the documentation leaves freedom
 * are judged by the suite, one by one and in combinations.
 *
 * Exit codes: 0 all are cleared, 1 one was called non-conformant or a rule broke down, 2 usage.
 */
import { readRegister } from '../../openapi/register.ts';
import { newCommand, parseOrExit } from '../command.ts';
import { openBench } from './bench.ts';
import { writeRecord } from './record.ts';
import { readCatalogue } from './variants/catalogue.ts';
import { judgeVariant, pace } from './variants/judge.ts';
import { planVariants } from './variants/plan.ts';
import { printVariant, printVariants } from './variants/print.ts';
import type { VariantResult, VariantsResult } from './variants/result.ts';

const command = newCommand('proof:variants', 'Let the suite judge legal variants of the API.')
  .option('--only <text>', 'those whose id contains this; leaves no record', '')
  .option('--seed <number>', 'repeats the combinations and all generated values', Number, 1)
  .option('--runs <number>', 'generated cases for each property', Number, 2)
  .option('--combinations <number>', 'how many servers vary in many things by chance', Number, 10);
parseOrExit(command);
const { only, seed, runs, combinations } = command.opts<{
  only: string;
  seed: number;
  runs: number;
  combinations: number;
}>();
const register = readRegister();
const { variants, untried } = readCatalogue(register);
const planned = planVariants(variants, { seed, combinations });
const bench = await openBench(pace);
const judged: VariantResult[] = [];
for (const variant of planned.filter(({ id }) => id.includes(only))) {
  const result = await judgeVariant(variant, { bench, register, seed, runs });
  judged.push(result);
  console.log(printVariant(result));
}
await bench.close();
const result: VariantsResult = { seed, runs, variants: judged, untried };
if (only === '') writeRecord('variants', result);
const { text, sound } = printVariants(result);
console.log(text);
process.exitCode = sound && judged.length > 0 ? 0 : 1;
