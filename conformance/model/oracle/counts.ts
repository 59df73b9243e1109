import { Nonconformity } from '../../world/nonconformity.ts';
import { dossiersOf, type Oracle } from './oracle.ts';

/**
 * A contact's `dossier_count` is the number of dossiers that it is on. Whether archived ones count
 * is a decision (LG-CON-054): the first count that tells it is held to afterwards.
 */
export const expectCount = (oracle: Oracle, contact: string, shown: unknown): void => {
  const dossiers = dossiersOf(oracle, contact);
  const all = dossiers.length;
  const live = dossiers.filter(({ facts }) => isLive(facts.get('status'))).length;
  const open = dossiers.filter(({ facts }) => !facts.has('status')).length;
  const isAll = shown === all;
  const isLiveOnly = typeof shown === 'number' && shown >= live && shown <= live + open;
  const { archivedCount } = oracle;
  if ((isAll && archivedCount !== false) || (isLiveOnly && archivedCount !== true)) {
    if (isAll !== isLiveOnly) oracle.archivedCount = isAll;
    return;
  }
  const wanted = archivedCount === false ? live : all;
  const others = archivedCount === undefined && live < all ? `, or ${String(live)}` : '';
  throw new Nonconformity(
    `a dossier_count of ${String(wanted)}${others} for the contact ${contact}`,
    String(shown),
  );
};

const isLive = (status: unknown): boolean => status !== undefined && status !== 'archived';
