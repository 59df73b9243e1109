import { emptyOrganization, type Organization } from './organization.ts';
import type { ClockSetting, Key } from './records.ts';
import { Table } from './table.ts';
import { type Change, Journal, type Outcome } from './transaction.ts';

/** All data of one installation. */
export interface State {
  readonly organizations: Table<Organization>;
  readonly keys: Table<Key, 'hash' | 'organization'>;
  /** At most one row, which saves the clock in a file; `services.clock` is the clock itself. */
  readonly clock: Table<ClockSetting>;
  /** Runs synchronous work as a transaction; see {@link Journal.transact}. */
  readonly transact: <T>(work: () => T) => Outcome<T>;
  /** The changes of the current transaction so far. */
  readonly changes: () => readonly Change[];
  /** Creates an organisation whose tables take part in the transactions; it isn't inserted yet. */
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
    newOrganization: (start) => emptyOrganization(journal, start),
  };
};

/** All data of a state, as the changes that would insert it into an empty one. */
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

/** The functions of a clock that are needed to resume it. */
interface Movable {
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
}

const id = 'clock';

/**
 * Records in a transaction that the clock is moved forward, so that a later server resumes there.
 */
export const recordAdvance = ({ clock }: State, milliseconds: number): void => {
  const before = clock.get(id);
  const after = { id, ahead: (before?.ahead ?? 0) + milliseconds };
  if (before) clock.replace(after);
  else clock.insert(after);
};

/** Records in a transaction that the clock shows the real time again. */
export const recordReset = ({ clock }: State): void => {
  if (clock.get(id)) clock.remove(id);
};

/**
 * Moves a new clock to where the previous server's clock stopped.
 *
 * New rows come after the old ones, and so must their times (LG-NOT-002): no saved time is later
 * than now, even if the machine's clock was set back in between. Expired keys stay expired too.
 *
 * @returns how far it was moved, in milliseconds
 */
export const resumeClock = (state: State, clock: Movable): number => {
  let ahead = state.clock.get(id)?.ahead ?? 0;
  clock.advance(ahead);
  let latest = -Infinity;
  for (const organization of state.organizations.rows) {
    latest = Math.max(latest, latestIn(organization));
  }
  const missing = latest - clock.now();
  if (missing > 0) {
    clock.advance(missing);
    ahead += missing;
  }
  return ahead;
};

/** The latest time in an organisation's data, in milliseconds since 1970. */
const latestIn = ({ dossiers, contacts, notes, deliveryAttempts }: Organization): number => {
  let latest = '';
  for (const { rows } of [dossiers, contacts, notes]) {
    for (const { created_at } of rows) if (created_at > latest) latest = created_at;
  }
  for (const { attempted_at } of deliveryAttempts.rows) {
    if (attempted_at > latest) latest = attempted_at;
  }
  return latest === '' ? -Infinity : Date.parse(latest);
};
