import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkLint,
  checkReferences,
  checkUnusedFiles,
  type ContractSources,
  readContractSources,
} from './contract.ts';
import { checkCoverage, facetsOf } from './coverage.ts';
import { dereference } from './description.ts';
import { checkExamples } from './examples.ts';
import { deriveFiles, type GeneratedFile } from './generate.ts';
import { checkLinks } from './links.ts';
import {
  checkRegisterReferences,
  checkRegisterShape,
  checkRegisterVersions,
  readEntries,
} from './register.ts';
import type { Problem } from './sources.ts';

export interface GateResult {
  /** The name of the check. */
  gate: string;
  problems: Problem[];
}

/** What the checks compare the contract with. */
export interface CheckSettings {
  /** The configuration file of the lint. */
  lintConfig: string;
  /** The version of the package. */
  version: string;
}

type Check = (contract: ContractSources, settings: CheckSettings) => Problem[] | Promise<Problem[]>;

const gates: readonly [string, Check][] = [
  ['references', (contract) => checkReferences(contract)],
  [
    'lint (Redocly recommended-strict)',
    (contract, { lintConfig }) => checkLint(contract, lintConfig),
  ],
  ['examples, defaults and links', (contract) => checkValues(contract)],
  ['unused files', (contract) => checkUnusedFiles(contract)],
  ['register', (contract, settings) => checkRegister(contract, settings)],
  ['generated files', (contract) => checkGenerated(contract)],
];

/**
 * Runs the checks on an openapi folder, in an order in which each can rely on those before it.
 * Yields each result, and ends after the first check with problems.
 */
export async function* checkContract(
  folder: string,
  settings: CheckSettings,
): AsyncGenerator<GateResult> {
  const { contract, problems } = await readContractSources(folder);
  yield { gate: 'YAML', problems };
  if (contract === undefined) return;
  for (const [gate, check] of gates) {
    const found = await check(contract, settings);
    yield { gate, problems: found };
    if (found.length > 0) return;
  }
}

const checkValues = async ({ sources, api, control }: ContractSources): Promise<Problem[]> => {
  const found = await Promise.all(
    [api, control].map(async ({ root, bundle }) => {
      if (bundle === undefined) return [];
      const description = await dereference(bundle);
      return [
        ...checkExamples(description, sources, root),
        ...checkLinks(description, sources, root),
      ];
    }),
  );
  return found.flat();
};

const checkRegister = async (
  { folder, sources, api }: ContractSources,
  { version }: CheckSettings,
): Promise<Problem[]> => {
  const shape = await checkRegisterShape(folder, sources);
  if (shape.length > 0 || api.bundle === undefined) return shape;
  const entries = readEntries(sources);
  return [
    ...checkRegisterVersions(entries, version),
    ...checkRegisterReferences(entries, api.bundle),
    ...checkCoverage(entries, facetsOf(api.bundle, await dereference(api.bundle))),
  ];
};

const checkGenerated = async (contract: ContractSources): Promise<Problem[]> => {
  const { files, problems } = await deriveFiles(contract);
  return problems.length > 0 ? problems : checkDrift(contract.folder, files);
};

const next = 'run `npm run generate` and commit the files';

/** The committed generated files equal those generated from the contract's files. */
const checkDrift = async (folder: string, files: readonly GeneratedFile[]): Promise<Problem[]> => {
  const compared = await Promise.all(files.map((file) => compare(folder, file)));
  const expected = new Set(files.map(({ path }) => path));
  const present = await readdir(join(folder, 'generated')).catch(() => []);
  const notGenerated = present
    .map((name) => `generated/${name}`)
    .filter((path) => !expected.has(path))
    .map((path) => problem(path, 'This file is not generated.', 'delete it'));
  return [...compared.flat(), ...notGenerated];
};

const compare = async (folder: string, { path, text }: GeneratedFile): Promise<Problem[]> => {
  const committed = await readFile(join(folder, path), 'utf8').catch(() => undefined);
  if (committed === undefined) return [problem(path, 'This generated file is missing.', next)];
  if (committed === text) return [];
  const line = firstDifference(committed, text);
  return [{ ...problem(path, 'This generated file is out of date.', next), where: String(line) }];
};

const firstDifference = (one: string, other: string): number => {
  const lines = other.split('\n');
  const index = one.split('\n').findIndex((line, at) => line !== lines[at]);
  return (index === -1 ? lines.length : index) + 1;
};

const problem = (file: string, what: string, step: string): Problem => ({
  file,
  where: '',
  what,
  next: step,
});
