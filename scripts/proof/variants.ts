/**
 * `npm run proof:variants`: servers that differ from ours wherever the documentation leaves freedom
 * are judged by the suite, one by one and in combinations. What was judged is kept also while it goes
 * on, so that `--missing` goes on where it was ended.
 *
 * Exit codes: 0 all are cleared, 1 one was called non-conformant, or a rule broke down or verified
 * nothing, 2 usage, 4 it broke down.
 */
import { readRegister } from '../../openapi/register.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { parseAmount, selectOrExit } from './harness/command-options.ts';
import { openHarness } from './harness/harness.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';
import { readCatalogue } from './variants/catalogue.ts';
import { planVariants, usualPlan } from './variants/combine.ts';
import {
  formatVariant,
  formatVariants,
  keepCleared,
  noneEarlier,
  type VariantResult,
  type VariantsResult,
} from './variants/result.ts';
import { pace, runVariant } from './variants/run.ts';

const { seed: usualSeed, combinations: usualCombinations } = usualPlan;
const command = newCommand('proof:variants', 'Let the suite judge lawful variants of the API.')
  .option('--only <text>', 'those whose id contains this', '')
  .option(
    '--seed <number>',
    'repeats the combinations and all generated values',
    parseAmount,
    usualSeed,
  )
  .option('--runs <number>', 'generated cases for each property', parseCount, 2)
  .option(
    '--combinations <number>',
    'how many servers vary in many things by chance',
    parseAmount,
    usualCombinations,
  )
  .option(
    '--missing',
    'only what the record has not cleared yet; it is for you to know that the rules are the same',
    false,
  )
  .addHelpText('after', `${recordHelp} What was missing is put into it.`);
parseOrExit(command);
const { only, seed, runs, combinations, missing } = command.opts<{
  only: string;
  seed: number;
  runs: number;
  combinations: number;
  missing: boolean;
}>();

await main('proof:variants', async () => {
  const register = readRegister();
  const { variants, untried } = readCatalogue(register);
  const planned = planVariants(variants, { seed, combinations });
  const named = planned.map((variant) => [variant.id, variant] as const);
  const chosen = selectOrExit(command, only, named);
  const record = beginRecord('variants', command, ['missing']);
  const earlier = missing
    ? keepCleared(readRecord('variants'), planned, { seed, runs })
    : noneEarlier;
  const commits = [...new Set([...earlier.commits, record.circumstances.commit])];
  const bench = await openHarness(pace);
  const results = new Map<string, VariantResult>(earlier.results);
  const soFar = (): VariantsResult => ({
    ...{ commits, seed, runs, untried },
    variants: chosen.flatMap(({ id }) => results.get(id) ?? []),
  });
  try {
    for (const variant of chosen) {
      if (results.has(variant.id)) continue;
      const result = await runVariant(variant, { bench, register, seed, runs });
      results.set(variant.id, result);
      console.log(formatVariant(result));
      record.write(soFar());
    }
  } finally {
    await bench.close();
  }
  record.write(soFar());
  const { text, sound } = formatVariants(soFar());
  console.log(text);
  process.exitCode = sound ? 0 : 1;
});
