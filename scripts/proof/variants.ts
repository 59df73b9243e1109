/**
 * `npm run proof:variants`: runs the suite against servers that differ from the reference server
 * wherever the documentation allows it, one by one and in combinations. The record is updated after
 * each variant, so that `--missing` continues an interrupted run.
 *
 * Exit codes: 0 all are cleared, 1 a variant was not cleared, 2 usage, 4 the command broke down.
 */
import { readRegister } from '../../openapi/register.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { parseAmount, selectOrExit } from './harness/command-options.ts';
import { openHarness } from './harness/harness.ts';
import { beginRecord, readRecord, recordHelp } from './harness/record.ts';
import { readCatalogue } from './variants/catalogue.ts';
import { planVariants, defaultPlan } from './variants/combine.ts';
import {
  formatVariant,
  formatVariants,
  keepCleared,
  noneEarlier,
  type VariantResult,
  type VariantsResult,
} from './variants/result.ts';
import { harnessOptions, runVariant } from './variants/run.ts';

const { seed: defaultSeed, combinations: defaultCombinations } = defaultPlan;
const command = newCommand('proof:variants', 'Run the suite against lawful variants of the API.')
  .option('--only <text>', 'those whose id contains this', '')
  .option(
    '--seed <number>',
    'determines the combinations and all generated values',
    parseAmount,
    defaultSeed,
  )
  .option('--runs <number>', 'generated cases for each property', parseCount, 2)
  .option(
    '--combinations <number>',
    'how many servers combine random variations',
    parseAmount,
    defaultCombinations,
  )
  .option(
    '--missing',
    'only those that the record has not cleared, provided that the rules have not changed',
    false,
  )
  .addHelpText('after', `${recordHelp} With --missing the results are added to it.`);
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
  const { variants, untested } = readCatalogue(register);
  const planned = planVariants(variants, { seed, combinations });
  const named = planned.map((variant) => [variant.id, variant] as const);
  const chosen = selectOrExit(command, only, named);
  const record = beginRecord('variants', command, ['missing']);
  const recorded = missing ? readRecord<VariantsResult>('variants') : undefined;
  const earlier = recorded ? keepCleared(recorded, planned, { seed, runs }) : noneEarlier;
  const commits = [...new Set([...earlier.commits, record.circumstances.commit])];
  const harness = await openHarness(harnessOptions);
  const results = new Map<string, VariantResult>(earlier.results);
  const soFar = (): VariantsResult => ({
    ...{ commits, seed, runs, untested },
    variants: chosen.flatMap(({ id }) => results.get(id) ?? []),
  });
  try {
    for (const variant of chosen) {
      if (results.has(variant.id)) continue;
      const result = await runVariant(variant, { harness, register, seed, runs });
      results.set(variant.id, result);
      console.log(formatVariant(result));
      record.write(soFar());
    }
  } finally {
    await harness.close();
  }
  record.write(soFar());
  const { text, sound } = formatVariants(soFar());
  console.log(text);
  process.exitCode = sound ? 0 : 1;
});
