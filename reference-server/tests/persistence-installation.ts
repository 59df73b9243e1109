import { openDatabase } from '../persistence/database.ts';
import type { Connect } from '../persistence/driver.ts';
import { organizationTables, type TableName } from '../persistence/rows.ts';
import type { Organization } from '../state/organization.ts';
import { createState, type State } from '../state/state.ts';
import type { Store } from '../state/transaction.ts';
import { snapshotState } from './database.ts';

export const tableNames = Object.keys(organizationTables) as TableName[];

/** A state with a database file, as in a server. */
export interface Installation {
  readonly state: State;
  readonly store: Store;
  /** The messages of the server. */
  readonly said: string[];
  /** Runs a transaction, and waits until it is stored. */
  readonly commit: (work: () => void) => Promise<void>;
}

export const open = async (file: string, connect?: Connect): Promise<Installation> => {
  const state = createState();
  const said: string[] = [];
  const notify = (line: string): void => void said.push(line);
  const store = await openDatabase(file, state, { notify, ...(connect && { connect }) });
  return {
    said,
    state,
    store,
    commit: (work) => {
      const { changes, undo } = state.transact(work);
      return store.write(changes, undo);
    },
  };
};

/** The content of a file, read by opening and closing it. */
export const snapshotOfFile = async (file: string): Promise<object> => {
  const { state, store } = await open(file);
  const found = snapshotState(state);
  await store.close();
  return found;
};

/** Adds an organisation, empty or with one row in a table. */
export const addOrganization = (
  state: State,
  id: string,
  start: Partial<Organization> = {},
): Organization => {
  const plain = { id, name: `Organisation ${id}`, plan: 'growth', rateLimit: null };
  const organization = state.newOrganization({ ...plain, ...start });
  state.organizations.insert(organization);
  return organization;
};
