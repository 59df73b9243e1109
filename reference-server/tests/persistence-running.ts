import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { NotSaved } from '../state/transaction.ts';
import { snapshotState } from './database.ts';
import {
  addOrganization,
  type Installation,
  open,
  snapshotOfFile,
} from './persistence-installation.ts';
import { note } from './persistence-rows.ts';

/** The database file of a running server, with helpers. */
export interface Running extends Installation {
  readonly file: string;
  /** Adds a note, and waits until it is stored. */
  readonly put: (id: string) => Promise<void>;
  readonly ids: () => string[];
}

/** A file with data, half of it from an earlier server and half from the running one. */
export const run = async (file: string): Promise<Running> => {
  mkdirSync(dirname(file), { recursive: true });
  const first = await open(file);
  await first.commit(() => addOrganization(first.state, 'o'));
  await first.store.close();
  const installation = await open(file);
  const { state, commit } = installation;
  const notes = () => state.organizations.get('o')?.notes;
  const put = (id: string) => commit(() => notes()?.insert(note(id, `text of ${id}`)));
  const ids = () => [...(notes()?.rows ?? [])].map(({ id }) => id);
  await put('before');
  return { ...installation, file, put, ids };
};

/** Stops the server, and expects that the file has all its data. */
export const expectWhole = async ({ state, store, file }: Running, place = file): Promise<void> => {
  await store.close();
  expect(await snapshotOfFile(place)).toEqual(snapshotState(state));
};

export const refused = 'Requests that change data get a 500, and nothing is changed.';
export const moveAway =
  'Move away the file that is there now: then the server writes all its data to a new file.';

/** Expects that every change is refused, and the reason logged once. */
export const expectRefused = async ({ put, ids, said }: Running, line: string): Promise<void> => {
  const before = ids();
  for (const id of ['no', 'no again']) await expect(put(id)).rejects.toThrow(NotSaved);
  await Promise.all(['a', 'b', 'c'].map((id) => expect(put(id)).rejects.toThrow(NotSaved)));
  expect(ids()).toEqual(before);
  expect(said.filter((one) => one === line)).toHaveLength(1);
};
