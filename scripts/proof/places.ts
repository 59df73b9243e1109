import { realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { parse } from 'node:path';
import { repositoryRoot } from '../repository.ts';

/** The folders of a machine that say nothing to anybody elsewhere. */
export interface Places {
  readonly root: string;
  readonly temporary: readonly string[];
  readonly home: string;
}

const ownPlaces: Places = {
  root: repositoryRoot,
  temporary: [...new Set([realpathSync(tmpdir()), tmpdir()])],
  home: homedir(),
};

/** A text whose paths are not those of one machine: they begin at the top of the repository. */
export const cutPlaces = (text: string, { root, temporary, home }: Places = ownPlaces): string => {
  // The repository may lie in one of the others.
  const inside = cut(cut(text, root, '/', ''), root, end, '.');
  const lasting = temporary.reduce(
    // What a temporary folder is called follows from chance.
    (left, folder) => cut(left, folder, `(?:/[\\w.-]+|${end})`, '(temporary)'),
    inside,
  );
  return cut(lasting, home, end, '~');
};

/** Nothing that would make it the name of another folder. */
const end = '(?![\\w.-])';

const cut = (text: string, folder: string, after: string, mark: string): string =>
  folder === parse(folder).root
    ? text
    : text.replaceAll(new RegExp(`${escape(folder)}${after}`, 'g'), mark);

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
