import { createHash } from 'node:crypto';
import type { Data } from './client.ts';

/** Fields of a resource; where they are expected, those that are known and not undefined. */
export type Fields = Data;

/** A dossier with all that hangs on it. */
export interface DossierPicture {
  readonly fields: Fields;
  /** Its contacts by their names, in order, as `name, role, is_primary`. */
  readonly contacts: readonly string[];
  /** The contents of its notes, in order. */
  readonly notes: readonly string[];
  /** A digest of its CV. */
  readonly cv: string | undefined;
}

/**
 * All that an organisation holds, in the order of creation. Names serve as keys, since they are
 * known before the ids are; they don't change.
 */
export interface Picture {
  readonly dossiers: ReadonlyMap<string, DossierPicture>;
  readonly contacts: ReadonlyMap<string, Fields>;
}

export const emptyPicture: Picture = { dossiers: new Map(), contacts: new Map() };

export const linkText = (name: string, role: string, isPrimary: boolean): string =>
  `${name}, ${role}, ${String(isPrimary)}`;

export const nameInLink = (link: string): string => link.split(', ')[0] ?? '';

export const digest = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A copy with one entry put, at the end if it is new. */
export const put = <Value>(
  map: ReadonlyMap<string, Value>,
  name: string,
  value: Value,
): ReadonlyMap<string, Value> => new Map(map).set(name, value);

/** Where a picture differs from what is expected, one line each; empty if it doesn't. */
export const differences = (expected: Picture, found: Picture): string[] => [
  ...differ('dossiers', [...expected.dossiers.keys()], [...found.dossiers.keys()]),
  ...differ('contacts', [...expected.contacts.keys()], [...found.contacts.keys()]),
  ...[...expected.dossiers].flatMap(([name, dossier]) => {
    const other = found.dossiers.get(name);
    if (!other) return [];
    return [
      ...differFields(name, dossier.fields, other.fields),
      ...differ(`${name}: contacts`, dossier.contacts, other.contacts),
      ...differ(`${name}: notes`, dossier.notes, other.notes),
      ...differ(`${name}: cv`, [dossier.cv ?? 'none'], [other.cv ?? 'none']),
    ];
  }),
  ...[...expected.contacts].flatMap(([name, fields]) =>
    differFields(
      name,
      { ...fields, dossier_count: countLinks(expected, name) },
      found.contacts.get(name) ?? {},
    ),
  ),
];

const countLinks = ({ dossiers }: Picture, contact: string): number =>
  [...dossiers.values()].filter(({ contacts }) =>
    contacts.some((link) => nameInLink(link) === contact),
  ).length;

const differFields = (name: string, expected: Fields, found: Fields): string[] =>
  Object.entries(expected)
    .filter(([, value]) => value !== undefined)
    .flatMap(([field, value]) =>
      differ(`${name}: ${field}`, [JSON.stringify(value)], [JSON.stringify(found[field])]),
    );

const differ = (what: string, expected: readonly string[], found: readonly string[]): string[] => {
  if (expected.join('\n') === found.join('\n')) return [];
  const lost = expected.filter((one) => !found.includes(one));
  const strange = found.filter((one) => !expected.includes(one));
  const order = lost.length + strange.length === 0 ? ', in another order' : '';
  return [`${what}: lost [${lost.join(' | ')}], strange [${strange.join(' | ')}]${order}`];
};
