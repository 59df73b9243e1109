import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { parse } from 'node:path';
import { repositoryRoot } from '../../cli/command.ts';

/** The folders of one machine, which mean nothing elsewhere. */
export interface MachinePaths {
  readonly root: string;
  readonly temporary: readonly string[];
  readonly home: string;
}

const thisMachine: MachinePaths = {
  root: repositoryRoot,
  temporary: [...new Set([realpathSync(tmpdir()), tmpdir()])],
  home: homedir(),
};

/** The text with paths relative to the repository, `(temporary)` and `~` in place of machine paths. */
export const removeMachinePaths = (
  text: string,
  { root, temporary, home }: MachinePaths = thisMachine,
): string => {
  // The repository may be inside one of the other folders.
  const relative = replaceFolder(replaceFolder(text, root, '/', ''), root, end, '.');
  const lasting = temporary.reduce(
    // The names of temporary folders are random.
    (left, folder) => replaceFolder(left, folder, `(?:/[\\w.-]+|${end})`, '(temporary)'),
    relative,
  );
  return replaceFolder(lasting, home, end, '~');
};

/** No character that would continue the folder's name. */
const end = '(?![\\w.-])';

const replaceFolder = (text: string, folder: string, after: string, mark: string): string =>
  folder === parse(folder).root
    ? text
    : text.replaceAll(new RegExp(`${escape(folder)}${after}`, 'g'), mark);

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
