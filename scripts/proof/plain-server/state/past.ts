import type { Installation } from '../installation.ts';
import type { Listed, Organization } from '../records.ts';

/** How long lists and counts trail behind where nobody has said how long (LG-GEN-053). */
const usualLag = 150;

const lagOf = ({ takes, freedoms }: Installation): number =>
  takes('LG-GEN-053', 2) ? (freedoms.listLag ?? usualLag) : 0;

/** Keeps what lists and counts show for as long as they trail behind what is written now. */
export const keepPast = (installation: Installation, organization: Organization): void => {
  const lag = lagOf(installation);
  if (lag === 0) return;
  const at = installation.realNow();
  const { past, dossiers, contacts } = organization;
  while (past[0] && past[0].at <= at - lag) past.shift();
  past.push({ at, ...structuredClone({ dossiers, contacts }) });
};

/** What lists and counts show now: what was there before the first write that is too young. */
export const listedOf = (installation: Installation, organization: Organization): Listed => {
  const { freedoms, random, realNow } = installation;
  const lag = lagOf(installation);
  if (lag === 0 || (freedoms.replicas && random() < 0.5)) return organization;
  const since = realNow() - lag;
  return organization.past.find(({ at }) => at > since) ?? organization;
};
