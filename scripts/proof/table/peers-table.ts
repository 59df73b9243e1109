import { ownId } from './matrix.ts';
import { row, table } from './rows.ts';
import type { Proof } from './summary.ts';

/** What other tools detect of the fleet, and at what cost, with the suite itself at the top. */
export const tellPeers = ({ records: { peers } }: Proof): string[] => {
  const measured = peers.peers
    .flatMap((peer) => ('detected' in peer ? [peer] : []))
    .sort((one, other) => Number(other.id === ownId) - Number(one.id === ownId));
  const unavailable = peers.peers.flatMap((peer) => ('unavailable' in peer ? [peer] : []));
  return [
    table(
      ['tool', 'detected', 'of', 'requests', 'seconds', 'what it was given'],
      measured.map(({ id, name, version, detected, faults, requests, seconds, given }) => {
        const told = id === ownId ? `**${name}**` : `${name} ${version}`;
        return row(told, detected.length, faults, requests, Math.round(seconds), given);
      }),
    ),
    'Requests and seconds are those of all faulty servers together. A tool detects a fault when it ' +
      'reports anything that it does not report of the honest server.',
    ...unavailable.map(({ id, unavailable: reason }) => `${id} could not be run: ${reason}`),
  ];
};
