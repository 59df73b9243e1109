import { keyPrefix } from '../facts.ts';
import type { Installation } from '../installation.ts';
import { endOfDay } from '../moments.ts';
import type { Key } from '../records.ts';

/** The key of a request, if it is one that holds. */
export const keyOf = (
  { takes, keys, organizations, now }: Installation,
  authorization: string | undefined,
): Key | undefined => {
  const pattern = takes('LG-AUT-017', 1) ? /^Bearer (\S+)$/ : /^bearer (\S+)$/i;
  const text = pattern.exec(authorization ?? '')?.[1];
  const key = text?.startsWith(keyPrefix) ? keys.get(text) : undefined;
  if (!key || !organizations.has(key.organization.id)) return undefined;
  if (key.expires === null) return key;
  const end = takes('LG-AUT-010', 1) ? endOfDay(key.expires) : key.expires;
  return now() < end ? key : undefined;
};
