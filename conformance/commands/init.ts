import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, usageError } from '../errors.ts';
import type { CommandContext } from './terminal.ts';

const usualFile = 'leadgrid.config.mjs';

/** `init`: a configuration to begin with. */
export const addInit = (program: Command, { terminal, end }: CommandContext): void => {
  program
    .command('init')
    .description('writes a configuration with every key explained')
    .argument('[file]', 'an ES module', usualFile)
    .option('--force', 'write over a file that is there', false)
    .action((file: string, { force }: { readonly force: boolean }) => {
      writeConfiguration(file, force);
      terminal.out(
        `Wrote ${file}. Correct its target, set LEADGRID_KEY, and see what that allows:\n` +
          `  npx leadgrid-conformance doctor --config ${file}\n`,
      );
      end(0);
    });
};

/** @throws Breakdown when it can't be written there, or something is there already */
const writeConfiguration = (file: string, force: boolean): void => {
  if (!/\.m?[jt]s$/.test(file)) {
    throw usageError(`${file} can hold no comments. Name an ES module, such as ${usualFile}.`);
  }
  const sample = new URL('../targets/sample.config.mjs', import.meta.url);
  const text = readFileSync(sample, 'utf8').replaceAll('--config FILE', `--config ${file}`);
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') {
      throw usageError(
        `${file} is there already. Name another file, or write over it with --force.`,
      );
    }
    throw usageError(`${file} can't be written: ${messageOf(thrown)}. Name another file.`);
  }
};
