import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../contract/description.ts';

/** The bundle as it was last generated. */
export const readBundle = (root: string): JsonObject =>
  JSON.parse(
    readFileSync(join(root, 'openapi', 'generated', 'openapi.json'), 'utf8'),
  ) as JsonObject;

/**
 * Lists a file in a section of openapi.yaml.
 *
 * @param after - the entry that it follows; the last one of the section by default
 */
export const addReference = (
  text: string,
  section: string,
  key: string,
  file: string,
  after?: string,
): string => {
  const entry = (name: string) => `  ${name}:\n    \\$ref: [^\n]*\n`;
  const any = entry('[^\n]*');
  const last = after === undefined ? any : entry(after.replace(/[.{}]/g, '\\$&'));
  const place = new RegExp(
    `^${section}:\n(?:${any})*?${last}${after === undefined ? '(?=\n|$)' : ''}`,
    'm',
  );
  const found = place.exec(text);
  if (!found) throw new Error(`openapi.yaml has no list under ${section}`);
  const end = found.index + found[0].length;
  return `${text.slice(0, end)}  ${key}:\n    $ref: ${file}\n${text.slice(end)}`;
};
