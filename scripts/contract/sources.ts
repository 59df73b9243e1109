import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { isObject, objectAt, textAt } from './description.ts';

/** A YAML file of the contract. `path` is relative to the openapi folder, with forward slashes. */
export interface Source {
  path: string;
  document: Document;
  value: unknown;
  /** "line:column" of the node at a path of keys, or of the nearest node above it. */
  locate: (keys: readonly (string | number)[]) => string;
}

export interface Sources {
  sources: Source[];
  problems: Problem[];
}

/** Reads every YAML file under the openapi folder; files that can't be parsed become problems. */
export const readSources = async (folder: string): Promise<Sources> => {
  const paths = await listYaml(folder);
  const read = await Promise.all(paths.map((path) => readSource(folder, path)));
  return {
    sources: read.map(({ source }) => source),
    problems: read.flatMap(({ problems }) => problems),
  };
};

const listYaml = async (folder: string): Promise<string[]> => {
  // Without the folder there are no files; missing files are reported when they are bundled.
  const entries = await readdir(folder, { recursive: true }).catch((): string[] => []);
  return entries.filter((path) => /\.ya?ml$/.test(path) && !path.startsWith('generated/')).sort();
};

const readSource = async (folder: string, path: string) => {
  const lines = new LineCounter();
  const document = parseDocument(await readFile(join(folder, path), 'utf8'), {
    lineCounter: lines,
    // Messages of one line; the position is reported separately.
    prettyErrors: false,
  });
  const position = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const problems = [...document.errors, ...document.warnings].map((error): Problem => ({
    file: path,
    where: position(error.pos[0]),
    what: `This is not valid YAML: ${error.message}`,
    next: 'fix the line (check indentation, quotes and colons), then run the command again',
  }));
  const value: unknown = problems.length === 0 ? document.toJS() : undefined;
  const locate = (keys: readonly (string | number)[]) => position(offsetOf(document, keys));
  return { source: { path, document, value, locate }, problems };
};

const offsetOf = (document: Document, keys: readonly (string | number)[]): number => {
  for (let depth = keys.length; depth > 0; depth -= 1) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (hasRange(node)) return node.range[0];
  }
  return 0;
};

const hasRange = (node: unknown): node is { range: [number, number, number] } =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);

export type Keys = readonly (string | number)[];

/** The source of a node of the bundle: its file, line and column. */
export interface SourceLocation {
  file: string;
  where: string;
}

/** Finds the source of the bundle's nodes; `root` is the bundled description. */
export const createLocationFinder = (sources: readonly Source[], root: string) => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return (keys: Keys): SourceLocation => {
    const [path, rest] = fileOf(byPath, root, keys);
    return { file: path, where: byPath.get(path)?.locate(rest) ?? '' };
  };
};

const fileOf = (files: ReadonlyMap<string, Source>, root: string, keys: Keys): [string, Keys] => {
  const [section, second, third, ...rest] = keys;
  const component = `components/${second}/${third}.yaml`;
  if (section === 'components' && files.has(component)) return [component, rest];
  const value = files.get(root)?.value;
  const items = isObject(value) ? objectAt(value, String(section)) : {};
  const reference = textAt(items[String(second)], '$ref');
  return reference === undefined ? [root, keys] : [posix.normalize(reference), keys.slice(2)];
};

/**
 * A problem that its author can fix.
 *
 * `file` is relative to the openapi folder (or the repository for code), `where` a line and column,
 * an operation or a pointer, `what` the problem in one sentence, `next` the step that fixes it.
 */
export interface Problem {
  file: string;
  where: string;
  what: string;
  next: string;
}

/** Formats a problem as one line, which terminals, logs and editors can link. */
export const formatProblem = ({ file, where, what, next }: Problem): string =>
  `${file}${where === '' ? '' : `:${where}`}  ${oneLine(what)} → ${oneLine(next)}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
