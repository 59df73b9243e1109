import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegister, type Requirement } from '../../../openapi/register.ts';
import { repositoryRoot } from '../../cli/command.ts';
import { faultyServers } from '../faulty-servers/faults/index.ts';
import { readCatalogue } from '../variants/catalogue.ts';
import { planVariants, usualPlan } from '../variants/combine.ts';
import { readRecords } from './figures.ts';
import { toMarkdown } from './markdown.ts';
import { type CurrentIds, makeProof, type Proof } from './summary.ts';

const results = join(import.meta.dirname, '..', 'results');
const [markdownPath, jsonPath] = [join(results, 'proof.md'), join(results, 'proof.json')];
const readmePath = join(repositoryRoot, 'README.md');

/** The lines of the README between which the head line of the table stands. */
const quoted = /(<!-- proof -->\n)[^]*?(\n<!-- \/proof -->)/;

/** A proof as it is published: the table for people and for programs, and the README's quote. */
export const compose = (proof: Proof): ReadonlyMap<string, string> =>
  new Map([
    [markdownPath, toMarkdown(proof)],
    [jsonPath, `${JSON.stringify(proof, null, 1)}\n`],
    [readmePath, quote(readFileSync(readmePath, 'utf8'), proof.headline)],
  ]);

/** What there is to prove: the fleet and the variants of the sources as they are now. */
export const readCurrentIds = (register: readonly Requirement[]): CurrentIds => ({
  faults: faultyServers.map(({ id }) => id),
  variants: planVariants(readCatalogue(register).variants, usualPlan).map(({ id }) => id),
});

/**
 * Writes the table of the parts as they were last run, and quotes its head line in the README.
 *
 * @throws Error when a part has never been run
 */
export const publish = (): Proof => {
  const register = readRegister();
  const proof = makeProof(register, readRecords(), readCurrentIds(register));
  for (const [path, text] of compose(proof)) writeFileSync(path, text);
  return proof;
};

/** The README with this head line. */
export const quote = (text: string, headline: string): string =>
  text.replace(quoted, (_, before: string, after: string) => `${before}\n> ${headline}.\n${after}`);
