import { checkReferences, checkUnusedFiles, readContract, type Contract } from './contract.ts';
import { checkCoverage } from './coverage.ts';
import { dereference } from './description.ts';
import { checkDrift } from './drift.ts';
import { checkExamples } from './examples.ts';
import { facetsOf } from './facets.ts';
import { deriveFiles } from './generate.ts';
import { checkLinks } from './links.ts';
import { checkLint } from './lint.ts';
import type { Problem } from './problem.ts';
import { checkRegisterReferences } from './register-references.ts';
import { checkRegisterShape } from './register-shape.ts';
import { readEntries } from './register.ts';

export interface GateResult {
  /** What the gate looks at, in a few words. */
  gate: string;
  problems: Problem[];
}

type Gate = (contract: Contract, lintConfig: string) => Problem[] | Promise<Problem[]>;

const gates: readonly [string, Gate][] = [
  ['references', (contract) => checkReferences(contract)],
  ['lint (Redocly recommended-strict)', checkLint],
  ['examples, defaults and links', (contract) => checkValues(contract)],
  ['unused files', (contract) => checkUnusedFiles(contract)],
  ['register', (contract) => checkRegister(contract)],
  ['generated files', (contract) => checkGenerated(contract)],
];

/**
 * Runs the gates over an openapi folder, in an order in which each can rely on those before it;
 * yields each result and ends after the first gate that found something.
 */
export async function* checkContract(
  folder: string,
  lintConfig: string,
): AsyncGenerator<GateResult> {
  const { contract, problems } = await readContract(folder);
  yield { gate: 'YAML', problems };
  if (contract === undefined) return;
  for (const [gate, check] of gates) {
    const found = await check(contract, lintConfig);
    yield { gate, problems: found };
    if (found.length > 0) return;
  }
}

const checkValues = async ({ sources, api, control }: Contract): Promise<Problem[]> => {
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

const checkRegister = async ({ folder, sources, api }: Contract): Promise<Problem[]> => {
  const shape = await checkRegisterShape(folder, sources);
  if (shape.length > 0 || api.bundle === undefined) return shape;
  const entries = readEntries(sources);
  return [
    ...checkRegisterReferences(entries, api.bundle),
    ...checkCoverage(entries, facetsOf(api.bundle, await dereference(api.bundle))),
  ];
};

const checkGenerated = async (contract: Contract): Promise<Problem[]> => {
  const { files, problems } = await deriveFiles(contract);
  return problems.length > 0 ? problems : checkDrift(contract.folder, files);
};
