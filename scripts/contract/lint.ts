import { join } from 'node:path';
import { lint, loadConfig } from '@redocly/openapi-core';
import { fromRedocly } from './bundle.ts';
import type { Problem } from './problem.ts';
import type { Contract } from './contract.ts';

/** Redocly's findings on the descriptions of the folder; a warning counts like an error. */
export const checkLint = async (
  { folder, api, control }: Contract,
  configPath: string,
): Promise<Problem[]> => {
  const config = await loadConfig({ configPath });
  const found = await Promise.all(
    [api, control].map(({ root }) => lint({ ref: join(folder, root), config })),
  );
  return found.flat().map((problem) => fromRedocly(folder, problem));
};
