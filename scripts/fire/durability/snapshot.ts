import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { openDatabase } from '../../../reference-server/persistence/database.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import type { Client, Data } from './client.ts';

/** Fields of a resource; of expected ones, those with the value undefined are not compared. */
export type Fields = Data;

/** A dossier with its contacts, notes and CV. */
export interface DossierSnapshot {
  readonly fields: Fields;
  /** Its contacts in order, each as `name, role, is_primary`. */
  readonly contacts: readonly string[];
  /** The contents of its notes, in order. */
  readonly notes: readonly string[];
  /** The SHA-256 digest of its CV. */
  readonly cv: string | undefined;
}

/**
 * All dossiers and contacts of an organisation, in the order of creation. They are identified by
 * name, which never changes here and is known before the id.
 */
export interface Snapshot {
  readonly dossiers: ReadonlyMap<string, DossierSnapshot>;
  readonly contacts: ReadonlyMap<string, Fields>;
}

export const emptySnapshot: Snapshot = { dossiers: new Map(), contacts: new Map() };

export const linkText = (name: string, role: string, isPrimary: boolean): string =>
  `${name}, ${role}, ${String(isPrimary)}`;

export const nameInLink = (link: string): string => link.split(', ')[0] ?? '';

export const digest = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** Returns a copy with one entry set; a new one comes last. */
export const put = <Value>(
  map: ReadonlyMap<string, Value>,
  name: string,
  value: Value,
): ReadonlyMap<string, Value> => new Map(map).set(name, value);

/** The differences between two snapshots, one line each. */
export const differences = (expected: Snapshot, found: Snapshot): string[] => [
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

const countLinks = ({ dossiers }: Snapshot, contact: string): number =>
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
  const unexpected = found.filter((one) => !expected.includes(one));
  const order = lost.length + unexpected.length === 0 ? ', in a different order' : '';
  return [`${what}: lost [${lost.join(' | ')}], unexpected [${unexpected.join(' | ')}]${order}`];
};

/** The digests of an organisation's CVs, by dossier id; the API doesn't return them. */
type CvDigests = ReadonlyMap<string, string>;

/** Reads a snapshot of an organisation through the API. */
export const readSnapshot = async (
  server: ServerProcess,
  client: Client,
  cvs: CvDigests,
): Promise<Snapshot> => {
  const dossiers = new Map<string, DossierSnapshot>();
  // Lists return the newest first.
  for (const fields of (await client.list(server, '/dossiers')).reverse()) {
    const path = `/dossiers/${String(fields['id'])}`;
    const contacts = await client.list(server, `${path}/contacts`);
    const notes = await client.list(server, `${path}/notes`);
    dossiers.set(String(fields['name']), {
      fields,
      contacts: contacts.map(textOfLink),
      notes: notes.map(({ content }) => String(content)),
      cv: cvOf(fields, cvs),
    });
  }
  const contacts = (await client.list(server, '/contacts')).reverse();
  return { dossiers, contacts: new Map(contacts.map((one) => [String(one['full_name']), one])) };
};

/** The digest of a dossier's CV, or a message if cv_url and the stored file disagree. */
const cvOf = ({ id, cv_url }: Fields, cvs: CvDigests): string | undefined => {
  const cv = cvs.get(String(id));
  if ((cv_url === null) === (cv === undefined)) return cv;
  return `cv_url is ${String(cv_url)}, and the stored file is ${cv ?? 'missing'}`;
};

const textOfLink = ({ full_name, role_on_dossier, is_primary }: Fields): string =>
  linkText(String(full_name), String(role_on_dossier), is_primary === true);

/** Reads the CVs of all organisations from a copy of the file, which stays as the crash left it. */
export const readCvs = async (file: string): Promise<ReadonlyMap<string, CvDigests>> => {
  const folder = await mkdtemp(join(tmpdir(), 'leadgrid-copy-'));
  try {
    for (const name of await readdir(dirname(file))) {
      if (name.startsWith(basename(file))) {
        await cp(join(dirname(file), name), join(folder, name));
      }
    }
    const state = createState();
    const store = await openDatabase(join(folder, basename(file)), state);
    await store.close();
    return new Map(
      [...state.organizations.rows].map(({ id, cvs }) => [
        id,
        new Map([...cvs.rows].map((cv) => [cv.id, digest(cv.bytes)])),
      ]),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
};
