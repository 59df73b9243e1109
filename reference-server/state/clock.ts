import type { Organization } from './organization.ts';
import type { State } from './state.ts';

/** What a clock must be able to do to go on where another has stopped. */
interface Movable {
  readonly now: () => number;
  readonly advance: (milliseconds: number) => void;
}

const id = 'clock';

/** Notes in a transaction that the clock is moved forward, so that a later server goes on from there. */
export const noteAdvance = ({ clock }: State, milliseconds: number): void => {
  const before = clock.get(id);
  const after = { id, ahead: (before?.ahead ?? 0) + milliseconds };
  if (before) clock.replace(after);
  else clock.insert(after);
};

/** Notes in a transaction that the clock tells the real time again. */
export const noteReset = ({ clock }: State): void => {
  if (clock.get(id)) clock.remove(id);
};

/**
 * Moves a new clock to where the one before it has stopped.
 *
 * New rows come behind the old ones, and so must their times (LG-NOT-002): what has happened is never
 * later than now, even if the machine's clock was set back in between. Nor does a key that has
 * expired open anything again.
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

/** The latest moment that anything in an organisation tells, in milliseconds since 1970. */
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
