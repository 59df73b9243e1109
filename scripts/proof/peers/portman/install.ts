import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from '../../../repository.ts';
import { PeerUnavailable } from '../peer.ts';

/** Where it lives: it is no dependency of the kit, and comes when it is compared. */
export const cache = join(repositoryRoot, 'node_modules/.cache/peers');

export const portmanVersion = '1.33.0';

// It imports tslib without naming it as a dependency.
const packages = [`@apideck/portman@${portmanVersion}`, 'tslib@2'];

/** Loads what is installed in the cache. */
export const requireCached = createRequire(join(cache, 'package.json'));

/**
 * Installs Portman from npm, unless it is there.
 *
 * @throws PeerUnavailable when npm can't
 */
export const installPortman = async (tell: (line: string) => void): Promise<void> => {
  if (isThere()) return;
  tell(`Installing ${packages.join(' and ')} in ${cache}.`);
  await mkdir(cache, { recursive: true });
  const options = ['install', '--prefix', cache, '--no-audit', '--no-fund', ...packages];
  await promisify(execFile)('npm', options, { cwd: cache }).catch((error: unknown) => {
    const [reason = ''] = /npm (?:error|ERR!).*/.exec(String(error)) ?? [];
    throw new PeerUnavailable(
      `Portman couldn't be installed from npm (${reason}). It needs the network once: try again.`,
    );
  });
};

const isThere = (): boolean => {
  try {
    const text = requireCached('@apideck/portman/package.json') as { version: string };
    requireCached.resolve('tslib');
    return text.version === portmanVersion;
  } catch {
    return false;
  }
};
