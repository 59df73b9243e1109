import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { messageOf, usageError } from '../errors.ts';
import type { CommandContext } from './terminal.ts';

const usualFile = 'leadgrid.config.mjs';

/** `init`: writes a sample configuration. */
export const addInit = (program: Command, { terminal, end }: CommandContext): void => {
  program
    .command('init')
    .description('writes a configuration with every setting explained')
    .argument('[file]', 'an ES module', usualFile)
    .option('--force', 'overwrite an existing file', false)
    .action((file: string, { force }: { readonly force: boolean }) => {
      writeConfiguration(file, force);
      terminal.out(
        `Wrote ${file}. Change its target, set LEADGRID_KEY, and check what a run can verify:\n` +
          `  npx leadgrid-conformance doctor --config ${file}\n`,
      );
      end(0);
    });
};

/** @throws Breakdown when the file exists, or can't be written */
const writeConfiguration = (file: string, force: boolean): void => {
  if (!/\.m?[jt]s$/.test(file)) {
    throw usageError(`${file} cannot contain comments. Name an ES module, such as ${usualFile}.`);
  }
  const sample = new URL('../targets/sample.config.mjs', import.meta.url);
  const text = readFileSync(sample, 'utf8').replaceAll('--config FILE', `--config ${file}`);
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') {
      throw usageError(`${file} exists already. Name another file, or overwrite it with --force.`);
    }
    throw usageError(`${file} can't be written: ${messageOf(thrown)}. Name another file.`);
  }
};
