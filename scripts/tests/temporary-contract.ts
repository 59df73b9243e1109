import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { openapiFolder, readPackageVersion, repositoryRoot } from '../cli/command.ts';
import { checkContract, type GateResult } from '../contract/check.ts';

/** A copy of openapi/ that a test may break. */
export interface TemporaryContract {
  folder: string;
  /** Changes a YAML file of the copy; the path is relative to openapi/. */
  edit: (path: string, change: (document: Document) => void) => Promise<void>;
  /** Changes any file of the copy as text. */
  rewrite: (path: string, change: (text: string) => string) => Promise<void>;
  /** Runs the gates; returns the result of each that ran. */
  check: () => Promise<GateResult[]>;
}

/** Runs a test on a copy of openapi/ and removes the copy afterwards. */
export const withContract = async (
  test: (contract: TemporaryContract) => Promise<void>,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'contract-'));
  try {
    await cp(openapiFolder, folder, { recursive: true });
    await test(contractIn(folder));
  } finally {
    await rm(folder, { recursive: true });
  }
};

const contractIn = (folder: string): TemporaryContract => {
  const rewrite = async (path: string, change: (text: string) => string): Promise<void> => {
    const file = join(folder, path);
    await writeFile(file, change(await readFile(file, 'utf8').catch(() => '')));
  };
  return {
    folder,
    rewrite,
    edit: (path, change) =>
      rewrite(path, (text) => {
        const document = parseDocument(text);
        change(document);
        return document.toString();
      }),
    check: async () => {
      const results: GateResult[] = [];
      const gates = checkContract(folder, {
        lintConfig: join(repositoryRoot, '.redocly.yaml'),
        version: readPackageVersion(),
      });
      for await (const result of gates) results.push(result);
      return results;
    },
  };
};
