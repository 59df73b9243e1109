import { countShown, isMeasured } from '../peers/result.ts';
import { ownId } from './matrix.ts';
import { row, table } from './rows.ts';
import type { Proof } from './summary.ts';

/** What other tools detect of the fleet, and at what cost, with the suite itself at the top. */
export const tellPeers = ({ records: { peers } }: Pick<Proof, 'records'>): string[] => {
  const measured = peers.peers
    .filter(isMeasured)
    .sort((one, other) => Number(other.id === ownId) - Number(one.id === ownId));
  return [
    table(
      ['tool', 'detected', 'of', 'out of its sight', 'broke down', 'what it was given'],
      measured.map(({ id, name, version, given, shown: all }) => {
        const { shown, detected, unseen, brokenDown } = countShown(all);
        return row(toolName(id, name, version), detected, shown, unseen, brokenDown, given);
      }),
    ),
    'A tool detects a fault when it reports anything that it does not report of the honest server. Out ' +
      'of its sight is what shows in events alone, or in how keys are given out, for a tool that looks ' +
      'at neither.',
    table(
      ['tool', 'requests', 'seconds', 'requests at all faulty servers', 'seconds there'],
      measured.map(({ id, name, version, honest, shown }) => {
        const { requests, milliseconds } = countShown(shown);
        const whole = [honest.requests, seconds(honest.milliseconds)] as const;
        return row(toolName(id, name, version), ...whole, requests, seconds(milliseconds));
      }),
    ),
    'The first figures are those of one look at the honest server, with all that a tool was given: all ' +
      'rules, for those that live on rules. At a faulty server only the rules about the statement that it ' +
      'breaks are judged, and this suite stops at the first that catches it, while the tools that bring ' +
      'their own traffic do all of it again: compare tools by the first figures.',
    ...peers.peers.flatMap((peer) =>
      isMeasured(peer) ? [] : [`${peer.id} could not be run: ${peer.unavailable}`],
    ),
  ];
};

const toolName = (id: string, name: string, version: string): string =>
  id === ownId ? `**${name}**` : `${name} ${version}`;

const seconds = (milliseconds: number): number => Math.round(milliseconds / 1_000);
