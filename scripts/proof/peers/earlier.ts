import { runs, type Peer } from './peer.ts';
import { isMeasured, type MeasuredPeer, type PeerResult } from './result.ts';

/**
 * What was measured of a peer before, as far as it still holds: it is the same tool, it was given
 * the same, and the faults are still there. Undefined when it has to be measured anew.
 */
export const keepEarlier = (
  found: PeerResult | undefined,
  { version, given }: Pick<Peer, 'version' | 'given'>,
  faults: readonly string[],
): MeasuredPeer | undefined => {
  if (!found || !isMeasured(found)) return undefined;
  if (found.version !== version || found.given !== given || found.runs !== runs) return undefined;
  return { ...found, shown: found.shown.filter(({ fault }) => faults.includes(fault)) };
};
