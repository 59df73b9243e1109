/**
 * `npm run proof:prism`: the suite judges the reference server through Prism's validation proxy.
 *
 * Prism holds each answer against the bundle in its own way. Exit codes: 0 it found no violation
 * and the rules passed, 1 it found some or a rule failed, 2 usage, 4 Prism or the server broke down.
 */
import { rules } from '../../conformance/rules/index.ts';
import { readContract } from '../../openapi/contract.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { parseAmount } from './harness/command-options.ts';
import { formatPrismResult, runThroughPrism } from './prism/run.ts';

const command = newCommand(
  'proof:prism',
  "Let the suite judge the reference server through Prism's validation proxy.",
)
  .option('--seed <number>', 'repeats a run', parseAmount, 1)
  .option('--runs <number>', 'generated cases for each property', parseCount, 20);
parseOrExit(command);
const { seed, runs } = command.opts<{ seed: number; runs: number }>();

await main('proof:prism', async () => {
  const judgement = await runThroughPrism({ rules, seed, runs });
  const { text, sound } = formatPrismResult(judgement, readContract());
  console.log(text);
  process.exitCode = sound ? 0 : 1;
});
