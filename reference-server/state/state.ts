import { Journal, type Change, type Outcome } from './journal.ts';
import { createOrganization, type Organization } from './organization.ts';
import type { ClockSetting, Key } from './records.ts';
import { Table } from './table.ts';

/** All that one installation remembers. */
export interface State {
  readonly organizations: Table<Organization>;
  readonly keys: Table<Key, 'hash' | 'organization'>;
  /** One row at most. It is there so that a file keeps it; `services.clock` is the clock. */
  readonly clock: Table<ClockSetting>;
  /** Does synchronous work whole or not at all; see {@link Journal.transact}. */
  readonly transact: <T>(work: () => T) => Outcome<T>;
  /** What the running transaction has changed so far. */
  readonly changes: () => readonly Change[];
  /** Makes an organisation whose tables take part in the transactions; it isn't put anywhere. */
  readonly newOrganization: (
    start: Pick<Organization, 'id' | 'name' | 'plan' | 'rateLimit'>,
  ) => Organization;
}

export const createState = (): State => {
  const journal = new Journal();
  return {
    organizations: new Table<Organization>({ journal, name: 'organizations', indexes: {} }),
    keys: new Table({
      journal,
      name: 'keys',
      indexes: {
        hash: { key: (key: Key) => key.hash, unique: true },
        organization: { key: (key: Key) => key.organization_id },
      },
    }),
    clock: new Table<ClockSetting>({ journal, name: 'clock', indexes: {} }),
    transact: (work) => journal.transact(work),
    changes: () => journal.changes,
    newOrganization: (start) => createOrganization(journal, start),
  };
};

/** All that a state holds, as the changes that would put it into an empty one. */
export const asChanges = ({ clock, organizations, keys }: State): Change[] => [
  ...clock.asChanges(),
  ...organizations.asChanges(),
  ...keys.asChanges(),
  ...[...organizations.rows].flatMap((organization) =>
    Object.values(organization).flatMap((value: unknown) =>
      value instanceof Table ? value.asChanges() : [],
    ),
  ),
];
