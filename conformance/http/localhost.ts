import { lookup as lookUp, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** A host that is always this machine (RFC 6761, 6.3). */
const ownName = /^(.+\.)?localhost\.?$/i;

/** Whether a host is always this machine, whatever names it. */
export const isOnThisMachine = (hostname: string): boolean =>
  ownName.test(hostname) || /^127\.\d+\.\d+\.\d+$|^\[::1\]$/.test(hostname);

const loopback: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/**
 * Finds the addresses of a host. `localhost` has those of both families, whatever the system lists: a
 * server may listen at one of them only.
 */
export const lookupBothFamilies: LookupFunction = (hostname, options, done) => {
  if (!ownName.test(hostname)) {
    lookUp(hostname, options, done);
    return;
  }
  // Without `all`, Node tries only one address.
  if (options.all) done(null, [...loopback]);
  else done(null, '127.0.0.1', 4);
};
