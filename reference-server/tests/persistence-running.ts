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

/** A server's file, with words for what is done to it. */
export interface Running extends Installation {
  readonly file: string;
  /** Adds a note, and keeps it. */
  readonly put: (id: string) => Promise<void>;
  readonly ids: () => string[];
}

/** A file with something in it, half of it by an earlier server and half by one that runs. */
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

/** What is in the file when the server stops is what it held. */
export const expectWhole = async ({ state, store, file }: Running, place = file): Promise<void> => {
  await store.close();
  expect(await snapshotOfFile(place)).toEqual(snapshotState(state));
};

export const refused = 'Requests that change data get a 500, and nothing is changed.';
export const moveAway =
  'Move away the file that is there now: then the server writes all its data to a new file.';

/** Refuses changes, however often, and says why once. */
export const expectRefused = async ({ put, ids, said }: Running, line: string): Promise<void> => {
  const before = ids();
  for (const id of ['no', 'no again']) await expect(put(id)).rejects.toThrow(NotSaved);
  await Promise.all(['a', 'b', 'c'].map((id) => expect(put(id)).rejects.toThrow(NotSaved)));
  expect(ids()).toEqual(before);
  expect(said.filter((one) => one === line)).toHaveLength(1);
};
