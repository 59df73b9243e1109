import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, misuse } from '../breakdown.ts';
import { findFlaws } from './description-flaws.ts';
import type { TargetDescription } from './description.ts';

/**
 * Reads a configuration file: JSON, or an ES module that exports a description by default.
 *
 * @throws Breakdown when it can't be read, or says what no target can be described by
 */
export const readDescription = async (file: string): Promise<TargetDescription<unknown>> => {
  const content = file.endsWith('.json') ? readJson(file) : await readModule(file);
  const flaws = findFlaws(content);
  if (flaws.length === 0) return content as TargetDescription<unknown>;
  const [only, ...more] = flaws;
  if (more.length === 0) throw misuse(`${file}: ${only ?? ''}`);
  const lines = flaws.map((flaw) => `  ${flaw}`);
  throw misuse([`${file} can't be used:`, ...lines, explained].join('\n'));
};

const explained =
  'Correct it; `npx leadgrid-conformance init` writes one with every key explained.';

const readJson = (file: string): unknown => {
  const text = readText(file);
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw misuse(`${file} is no JSON: ${messageOf(thrown)}. Correct it.`);
  }
};

const readModule = async (file: string): Promise<unknown> => {
  // What can't be read is told in a sentence; what loads modules would tell of modules.
  readText(file);
  let exported: object;
  try {
    exported = (await import(pathToFileURL(resolve(file)).href)) as object;
  } catch (thrown) {
    const line = lineOf(thrown, file);
    const message = messageOf(thrown);
    // What a package without a type takes for CommonJS, its extension can make an ES module.
    const next = message.includes('ES Module') ? 'Let its name end in .mts or .mjs' : 'Correct it';
    throw misuse(`${file} can't be loaded${line}: ${firstLine(message)}. ${next}.`);
  }
  if ('default' in exported) return exported.default;
  throw misuse(`${file} has no default export. Write \`export default { target: … }\`.`);
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw misuse(
      missing
        ? `There is no ${file}. Correct --config, or write one with \`npx leadgrid-conformance init\`.`
        : `${file} can't be read: ${messageOf(thrown)}. Correct --config.`,
    );
  }
};

/** Where a module is broken, as far as what loads it says so. */
const lineOf = (thrown: unknown, file: string): string => {
  const { stack = '' } = thrown as { stack?: string };
  const [, line] = new RegExp(`${basename(file).replaceAll('.', '\\.')}:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? '' : ` (line ${line})`;
};

/** Loaders tell a syntax error with the lines around it, and some with a headline of their own. */
const firstLine = (text: string): string => {
  const [, error] = /ERROR: (.*)/.exec(text) ?? [];
  return (error ?? text.trim().split('\n')[0] ?? '').replace(/[.:]$/, '');
};
