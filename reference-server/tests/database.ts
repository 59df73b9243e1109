import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { State } from '../state/state.ts';
import { Table } from '../state/table.ts';

/** A path in a folder of its own, for a database file that isn't there yet. */
export const newDatabasePath = async (): Promise<string> =>
  join(await mkdtemp(join(tmpdir(), 'leadgrid-')), 'test.db');

/** All that a state holds, as plain values in their order. */
export const snapshotState = ({ organizations, keys }: State) => ({
  keys: [...keys.rows],
  organizations: [...organizations.rows].map(({ id, name, plan, rateLimit, ...rest }) => ({
    ...{ id, name, plan, rateLimit },
    tables: Object.fromEntries(
      Object.entries(rest).flatMap(([table, value]) =>
        value instanceof Table ? [[table, rowsOf(value)]] : [],
      ),
    ),
  })),
});

const rowsOf = ({ rows }: { rows: Iterable<unknown> }): unknown[] =>
  [...rows].map((row) =>
    Object.fromEntries(
      Object.entries(row as object).map(([name, value]) => [name, comparable(value)]),
    ),
  );

/** Vitest takes minutes to compare files of ten megabytes; their digests say the same. */
const comparable = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? `SHA-256 ${createHash('sha256').update(value).digest('hex')}` : value;
