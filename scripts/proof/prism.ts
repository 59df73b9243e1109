/**
 * `npm run proof:prism`: runs the suite against the reference server through Prism's validation
 * proxy, which validates each response against the bundle.
 *
 * Exit codes: 0 no violation was found and the rules passed, 1 one was found or a rule failed, 2 usage,
 * 4 Prism or the server broke down.
 */
import { rules } from '../../conformance/rules/index.ts';
import { readContract } from '../../openapi/contract.ts';
import { main, newCommand, parseCount, parseOrExit } from '../cli/command.ts';
import { parseAmount } from './harness/command-options.ts';
import { formatPrismResult, runThroughPrism } from './prism/run.ts';

const command = newCommand(
  'proof:prism',
  "Run the suite against the reference server through Prism's validation proxy.",
)
  .option('--seed <number>', 'determines all generated values', parseAmount, 1)
  .option('--runs <number>', 'generated cases for each property', parseCount, 20);
parseOrExit(command);
const { seed, runs } = command.opts<{ seed: number; runs: number }>();

await main('proof:prism', async () => {
  const result = await runThroughPrism({ rules, seed, runs });
  const { text, sound } = formatPrismResult(result, readContract());
  console.log(text);
  process.exitCode = sound ? 0 : 1;
});
