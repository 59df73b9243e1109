import { schemaAt, type Contract, type Schemas } from '../../openapi/contract.ts';
import { expectThat } from './expectations.ts';
import { dataOf, type Organization } from './organization.ts';
import { pageOf } from './pages.ts';
import type { World } from './world.ts';

export type Note = Schemas['Note'];
export type NewNote = Pick<Note, 'content'> & Partial<Pick<Note, 'is_internal'>>;

type Judge = Pick<World, 'expect'>;

/** The names of all fields that a note has. */
export const noteFields = (contract: Contract): (keyof Note)[] => {
  const { properties } = schemaAt(contract, '#/components/schemas/NotePayload');
  return Object.keys(properties as object) as (keyof Note)[];
};

/** Adds a note to a dossier, and expects that to succeed. */
export const addNote = async (
  { expect }: Judge,
  home: Organization,
  dossier: string,
  draft: NewNote,
): Promise<Note> => {
  const request = { path: { id: dossier }, body: draft };
  const exchange = await home.all.send('createDossierNote', request);
  expect.success(exchange);
  return dataOf(exchange.json) as Note;
};

/**
 * The notes of a dossier, of which there must be no more than a page holds by default: whether
 * there are pages at all is a matter of decisions (LG-NOT-006).
 */
export const notesOn = async (
  { expect }: Judge,
  home: Organization,
  dossier: string,
): Promise<Note[]> => {
  const exchange = await home.all.send('listDossierNotes', { path: { id: dossier } });
  expect.success(exchange);
  return pageOf(exchange).items as unknown as Note[];
};

/** The note as the list of the dossier shows it; it must. */
export const findNote = async (
  world: Judge,
  home: Organization,
  dossier: string,
  id: string,
): Promise<Note> => {
  const found = (await notesOn(world, home, dossier)).find((one) => one.id === id);
  expectThat(found !== undefined, `the note ${id} in the list`, () => 'a list without it');
  return found as Note;
};

/** What the notes of a dossier say, in the order of their ids. */
export const contentsOn = async (
  world: Judge,
  home: Organization,
  dossier: string,
): Promise<Pick<Note, 'id' | 'content' | 'is_internal'>[]> =>
  (await notesOn(world, home, dossier))
    .map(({ id, content, is_internal }) => ({ id, content, is_internal }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
