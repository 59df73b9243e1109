import type { EventType } from '../../openapi/contract.ts';
import type { Receiver } from '../sink/delivery.ts';
import type { Delivery } from './deliveries.ts';
import { isAbout } from './events.ts';
import type { Inbox } from './inbox.ts';
import { Nonconformity } from './nonconformity.ts';

/** Receives as one that is out of order: so many deliveries are refused before it takes any. */
export const refuseFirst = (
  count: number,
  status = 500,
  headers: Readonly<Record<string, string>> = {},
): NonNullable<Receiver['answer']> => {
  let left = count;
  return () => {
    left -= 1;
    return left < 0 ? { status: 200 } : { status, headers };
  };
};

/** Receives as one whose connection breaks down: the first delivery gets no answer. */
export const breakOffFirst = (): NonNullable<Receiver['answer']> => {
  let broken = false;
  return () => {
    if (broken) return { status: 200 };
    broken = true;
    return Promise.reject(new Error('The receiver breaks the connection off.'));
  };
};

/** How long a repetition is waited for, in milliseconds; pauses are a matter of decisions. */
export const attemptPatienceOf = ({ patience }: Pick<Inbox, 'patience'>): number =>
  Math.max(15_000, 1.5 * patience.event);

/** The first so many attempts to deliver an event, which must be made. */
export const expectAttempts = async (
  inbox: Inbox,
  type: EventType,
  id: string,
  count: number,
): Promise<readonly Delivery[]> => {
  const attempts = () => inbox.deliveries().filter(isAbout(type, id));
  const patience = attemptPatienceOf(inbox);
  await inbox.find(() => attempts().length >= count, patience);
  const found = attempts().slice(0, count);
  inbox.show(...found);
  if (found.length === count) return found;
  const seen = `${String(found.length)} in ${String(patience / 1000)} s`;
  throw new Nonconformity(`${String(count)} attempts to deliver ${type}`, seen, {
    missing: type,
  });
};
