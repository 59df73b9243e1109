import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import prettier from 'prettier';
import { writeContract, writeRulesIndex, type Written } from '../contract/write.ts';

/** Stands wherever a fact is missing; a test finds those that are left. */
export const placeholder = 'FILL IN:';

/** A call of the command that its user can mend. */
export class Misuse extends Error {}

/** A file that is new, or has new lines. The path is relative to the repository. */
export interface DraftedFile {
  readonly path: string;
  /** Undefined for a new file. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What a scaffold writes, what is generated from it, and what is left to do, one step a line. */
export interface Scaffold {
  readonly files: readonly DraftedFile[];
  readonly generates: 'rules' | 'contract' | 'nothing';
  readonly next: readonly string[];
}

/** Changes of files that are not written yet. */
export interface Draft {
  readonly exists: (path: string) => boolean;
  /** The file with all changes so far. */
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly change: (path: string, change: (text: string) => string) => void;
  /** All that has changed, formatted. */
  readonly finish: () => Promise<readonly DraftedFile[]>;
}

/** Starts from the files of a repository. */
export const openDraft = (root: string): Draft => {
  const drafted = new Map<string, string>();
  const onDisk = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
  const read = (path: string): string => {
    const text = drafted.get(path) ?? onDisk(path);
    if (text === undefined) throw new Error(`${path} is missing`);
    return text;
  };
  return {
    exists: (path) => drafted.has(path) || existsSync(join(root, path)),
    read,
    write: (path, text) => void drafted.set(path, text),
    change: (path, change) => void drafted.set(path, change(read(path))),
    finish: async () => {
      const options = await prettier.resolveConfig(join(root, 'package.json'));
      const files = [...drafted].map(async ([path, text]) => ({
        ...{ path, before: onDisk(path) },
        after: await prettier.format(text, { ...options, filepath: path }),
      }));
      return Promise.all(files);
    },
  };
};

/** Writes what was drafted. */
const writeFiles = async (root: string, files: readonly DraftedFile[]): Promise<void> => {
  for (const { path, after } of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), after);
  }
};

/** A drafted file as `--dry-run` prints it: its new lines, and the lines that they replace. */
export const formatDraft = ({ path, before, after }: DraftedFile): string => {
  const [old, lines] = [before?.split('\n') ?? [], after.split('\n')];
  const shown = [before === undefined ? `new file ${path}` : `change ${path}`];
  let next = 0;
  for (const [index, line] of lines.entries()) {
    while (next < old.length && old[next] !== line && !lines.includes(old[next] ?? '', index)) {
      shown.push(`- ${old[next] ?? ''}`);
      next += 1;
    }
    if (old[next] === line && next < old.length) next += 1;
    else if (index < lines.length - 1) shown.push(`+ ${line}`);
  }
  return shown.join('\n');
};

/** Writes a scaffold and what is generated from it. */
export const writeScaffold = async (
  root: string,
  { files, generates }: Scaffold,
): Promise<Written> => {
  await writeFiles(root, files);
  const generated = await generate(root, generates);
  const { problems } = generated;
  return { paths: [...files.map(({ path }) => path), ...generated.paths], problems };
};

const generate = async (root: string, what: Scaffold['generates']): Promise<Written> => {
  if (what === 'contract') return writeContract(root);
  return what === 'rules' ? writeRulesIndex(root) : { paths: [], problems: [] };
};
