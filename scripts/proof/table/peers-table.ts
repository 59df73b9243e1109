import { isOwn, ownId } from './own-peers.ts';
import type { PeerFigures, PeersFigures } from './peers-figures.ts';
import { row, table } from './rows.ts';

/** What other tools detect of the fleet, and at what cost, with the suite itself at the top. */
export const tellPeers = ({ measured, unavailable }: PeersFigures): string[] => [
  table(
    [...detection, 'complaints about the honest server', 'what it was given'],
    measured.map((peer) => {
      const { detected, shown, unseen, brokenDown, complaints, given } = peer;
      return row(toolName(peer), detected, shown, unseen, brokenDown, complaints, given);
    }),
  ),
  'A tool detects a fault when it reports anything that it does not report of the honest server. What ' +
    'it complains of there is left out of its detections, as nobody could tell it from one; the ' +
    'column counts each such complaint once. This suite must kill the faulty server, with one seed, as ' +
    'is said under "Statement by fault". "Schemas alone" is this suite too, without its checks. Out of ' +
    'its sight is what shows in events alone, or in how keys are given out, for a tool that looks at ' +
    'neither.',
  table(
    [...whole, 'requests at all faulty servers', 'seconds there', 'at commit'],
    measured.map((peer) => {
      const { honest, faulty } = peer.cost;
      const cost = [honest.requests, honest.seconds, faulty.requests, faulty.seconds];
      return row(toolName(peer), ...cost, peer.commits.join(', '));
    }),
  ),
  'The first figures are those of one look at the honest server, with all that a tool was given: all ' +
    'rules, for those that live on rules. At a faulty server only the rules about the statement that it ' +
    'breaks are judged, and this suite stops at the first that catches it, while the tools that bring ' +
    'their own traffic do all of it again: compare tools by the first figures.',
  ...unavailable.map((peer) => `${peer.id} could not be run: ${peer.unavailable}`),
];

const detection = ['tool', 'detected', 'of', 'out of its sight', 'broke down'];
const whole = ['tool', 'requests', 'seconds'];

const toolName = ({ id, name, version }: PeerFigures): string => {
  if (id === ownId) return `**${name}**`;
  return isOwn(id) ? `${name}, of this suite` : `${name} ${version}`;
};
