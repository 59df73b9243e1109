import { execFileSync } from 'node:child_process';
import { repositoryRoot } from '../../cli/command.ts';

/** Without Git's own messages: the callers say what is unknown. */
const stdio = ['ignore', 'pipe', 'ignore'] as const;

/** @throws Error outside of a repository, or when Git refuses */
const git = (folder: string, ...words: readonly string[]): string =>
  execFileSync('git', [...words], { cwd: folder, encoding: 'utf8', stdio: [...stdio] }).trim();

/** What the proof writes itself: it changes nothing that is measured. */
const published = [':(exclude,top)scripts/proof/results', ':(exclude,top)README.md'];

/** The present commit, with `+` when there are changes besides the published proof; or `unknown`. */
export const describeCommit = (folder: string = repositoryRoot): string => {
  try {
    const changed = git(folder, 'status', '--porcelain', '--', ':/', ...published) !== '';
    return git(folder, 'rev-parse', '--short', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
};

const tests = ':(exclude,glob,top)**/tests/**';

/**
 * The files below these paths, without tests, that differ between a commit and the working tree.
 *
 * @param paths - from the top of the repository
 * @returns undefined when Git doesn't know the commit
 */
export const filesChangedSince = (
  commit: string,
  paths: readonly string[],
  folder: string = repositoryRoot,
): readonly string[] | undefined => {
  const found = paths.map((path) => `:(top)${path}`);
  try {
    const names = git(
      folder,
      'diff',
      '--name-only',
      commit.replace('+', ''),
      '--',
      ...found,
      tests,
    );
    return names.split('\n').filter((name) => name !== '');
  } catch {
    return undefined;
  }
};
