import type { Commit } from '../../commit.ts';
import { hashKey } from '../../http/api-key.ts';
import { buildDemo } from './build.ts';
import { createChance, type Chance } from './chance.ts';
import { demoKeys, type DemoKey } from './keys.ts';
import type { Ground } from './settings.ts';

/**
 * Fills an empty installation with demo data; what holds anything already is left as it is.
 *
 * @returns the demo keys that are known here: none in an installation with data of its own
 */
export const openDemo = async (
  ground: Ground,
  commit: Commit,
  seed: number,
): Promise<readonly DemoKey[]> => {
  const { state } = ground;
  if (state.organizations.rows.length === 0) {
    await commit(() => {
      buildDemo(ground, chanceOf(seed));
    });
  }
  return knownKeys(ground, seed);
};

/** The demo keys of a seed that open something here. */
export const knownKeys = (
  { contract, state }: Pick<Ground, 'contract' | 'state'>,
  seed: number,
): readonly DemoKey[] =>
  demoKeys(contract, chanceOf(seed)).filter(
    ({ key }) => state.keys.by('hash', hashKey(key)).length > 0,
  );

const chanceOf = (seed: number): Chance => createChance(`demo ${seed}`);
