import { Misuse } from './draft.ts';

/** `some-name` or `some.name` as an identifier: `someName`. */
export const camelCase = (name: string): string =>
  name.replace(/[-._]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The same with a capital. */
export const pascalCase = (name: string): string => {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
};

/** @throws Misuse for a name that doesn't have the form */
export const requireForm = (name: string, form: RegExp, what: string, example: string): void => {
  if (!form.test(name)) throw new Misuse(`"${name}" is not ${what}, such as ${example}`);
};

/** Imports names from a module that the file may import others from already. */
export const addImport = (text: string, from: string, names: readonly string[]): string => {
  const present = new RegExp(`import (type )?\\{([^}]*)\\} from '${escape(from)}';`).exec(text);
  const [statement, typeOnly = '', list = ''] = present ?? [];
  const imported = list.split(',').flatMap((name) => {
    const trimmed = name.trim();
    return trimmed === '' ? [] : [typeOnly === '' ? trimmed : `type ${trimmed}`];
  });
  const missing = names.filter((name) => !imported.includes(name));
  if (missing.length === 0) return text;
  const all = [...imported, ...missing].join(', ');
  const line = `import { ${all} } from '${from}';`;
  if (statement !== undefined) return text.replace(statement, line);
  const last = [...text.matchAll(/^(import [^;]*;|\} from '[^']*';)\n/gm)].at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  return `${text.slice(0, end)}${line}\n${text.slice(end)}`;
};

/** Inserts text before the first match of a pattern. */
export const insertBefore = (text: string, mark: RegExp, insertion: string): string => {
  const { index } = find(text, mark);
  return text.slice(0, index) + insertion + text.slice(index);
};

/** Inserts text after the first match of a pattern. */
export const insertAfter = (text: string, mark: RegExp, insertion: string): string => {
  const found = find(text, mark);
  const end = found.index + found[0].length;
  return text.slice(0, end) + insertion + text.slice(end);
};

/** @throws Error when the file has another form than the scaffold knows */
const find = (text: string, mark: RegExp): RegExpExecArray => {
  const found = mark.exec(text);
  if (found) return found;
  throw new Error(`a file has no ${String(mark)}, where something is to be inserted`);
};

/** Puts a line at the end of the braces or brackets that begin with this text. */
export const addToBlock = (text: string, opening: string, line: string): string => {
  const start = text.indexOf(opening);
  if (start < 0) throw new Error(`a file has no "${opening}", to which something is added`);
  const indent = /^ */.exec(text.slice(text.lastIndexOf('\n', start) + 1))?.[0] ?? '';
  const end = text.indexOf(`\n${indent}}`, start);
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
};

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
