import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegister } from '../../../openapi/register.ts';
import { repositoryRoot } from '../../repository.ts';
import { toMarkdown } from './markdown.ts';
import { readRecords } from './records.ts';
import { holds, makeProof } from './summary.ts';

/** Where the table is, for people and for programs. */
const tablePaths = {
  markdown: join(import.meta.dirname, '..', 'results', 'proof.md'),
  json: join(import.meta.dirname, '..', 'results', 'proof.json'),
};

const readme = join(repositoryRoot, 'README.md');

/** The lines of the README between which the head line of the table stands. */
const quoted = /(<!-- proof -->\n)[^]*?(\n<!-- \/proof -->)/;

/**
 * Writes the table of the parts as they were last run, and quotes its head line in the README.
 *
 * @throws Error when a part has never been run
 */
export const publish = (): { headline: string; sound: boolean } => {
  const proof = makeProof(readRegister(), readRecords());
  writeFileSync(tablePaths.markdown, toMarkdown(proof));
  writeFileSync(tablePaths.json, `${JSON.stringify(proof, null, 1)}\n`);
  const text = readFileSync(readme, 'utf8');
  writeFileSync(readme, quote(text, proof.headline));
  return { headline: proof.headline, sound: holds(proof.figures) };
};

/** The README with this head line. */
export const quote = (text: string, headline: string): string =>
  text.replace(quoted, (_, before: string, after: string) => `${before}\n> ${headline}.\n${after}`);
