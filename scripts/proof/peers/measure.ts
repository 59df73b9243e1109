import { readContract } from '../../../openapi/contract.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import { removeMachinePaths } from '../harness/record.ts';
import {
  casesPerProperty,
  type Cost,
  type HonestFindings,
  type MeasuredPeer,
  type Peer,
  type PeerFindings,
  type PeerId,
  type ShownFault,
  type Visibility,
} from './peer.ts';

export interface Measuring {
  /** How often it looks at the honest server. */
  readonly rounds: number;
  /** The state of the repository as it is now. */
  readonly commit: string;
  /** What was measured before: the faults in it are not shown again. */
  readonly earlier?: MeasuredPeer | undefined;
  /** Is told of each look. */
  readonly tell: (line: string) => void;
  /** Is given what is measured so far, now and then. */
  readonly keep: (measured: MeasuredPeer) => void;
}

/**
 * Shows a peer the honest server, several times, and then each faulty one. A fault is detected when
 * the peer says anything of it that it never said of the honest server.
 *
 * @throws Error when it breaks down at the honest server
 */
export const measure = async (
  id: PeerId,
  peer: Peer,
  faults: readonly FaultyServer[],
  { rounds, commit, earlier, tell, keep }: Measuring,
): Promise<MeasuredPeer> => {
  const begun = earlier ?? (await measureHonest(id, peer, rounds));
  // What it is called may have changed since.
  let measured = { ...begun, name: peer.name, commits: [...new Set([...begun.commits, commit])] };
  const { honest } = measured;
  tell(`${id} honest: ${honest.requests} requests, ${Math.round(honest.milliseconds)} ms`);
  for (const finding of honest.findings) tell(`  it says of the honest server: ${finding}`);
  const known = new Set(measured.shown.map(({ fault }) => fault));
  for (const fault of faults.filter((one) => !known.has(one.id))) {
    const shown = await show(peer, fault, honest);
    measured = { ...measured, shown: [...measured.shown, shown] };
    tell(`${id} ${fault.id} ${shown.milliseconds} ms: ${describeShown(shown)}`);
    if (measured.shown.length % keptAfter === 0) keep(measured);
  }
  return measured;
};

/** So many looks may get lost when a run is ended early. */
const keptAfter = 10;

const describeShown = ({ finding, unseen, brokeDown }: ShownFault): string =>
  finding ?? unseen ?? (brokeDown === undefined ? 'nothing' : `broke down: ${brokeDown}`);

const show = async (
  peer: Peer,
  fault: FaultyServer,
  honest: HonestFindings,
): Promise<ShownFault> => {
  const unseen = whyInvisible(fault, peer.sees);
  if (unseen !== undefined) return { fault: fault.id, unseen, ...nothing };
  const start = performance.now();
  const look = await peer.look(fault, 1).catch((error: unknown) => ({
    ...{ findings: [], requests: 0, milliseconds: performance.now() - start },
    brokeDown: String(error),
  }));
  return assessFindings(fault.id, look, honest);
};

const nothing: Cost = { requests: 0, milliseconds: 0 };

/** What a look at a faulty server says of it, beside what is said of the honest one. */
export const assessFindings = (
  fault: string,
  { findings, requests, milliseconds, brokeDown }: PeerFindings,
  honest: Pick<HonestFindings, 'findings'>,
): ShownFault => {
  const cost: Cost = { requests, milliseconds: Math.round(milliseconds) };
  const finding = findings.find((one) => !honest.findings.includes(one));
  if (finding !== undefined) return { fault, finding: shorten(finding), ...cost };
  if (brokeDown !== undefined) return { fault, brokeDown: shorten(brokeDown), ...cost };
  return { fault, ...cost };
};

/** What is said may be long; so much of it tells enough. */
const shorten = (text: string): string => removeMachinePaths(text).slice(0, 200);

/** A measurement without any fault in it: the looks at the honest server. */
const measureHonest = async (id: PeerId, peer: Peer, rounds: number): Promise<MeasuredPeer> => {
  const looks: PeerFindings[] = [];
  for (let round = 1; round <= rounds; round += 1) looks.push(await peer.look(undefined, round));
  const broken = looks.find(({ brokeDown }) => brokeDown !== undefined);
  if (broken) throw new Error(`${id} broke down at the honest server: ${broken.brokeDown ?? ''}`);
  const [{ requests, milliseconds } = nothing] = looks;
  const honest: HonestFindings = {
    rounds,
    findings: [...new Set(looks.flatMap(({ findings }) => findings))],
    ...{ requests, milliseconds: Math.round(milliseconds) },
  };
  const { name, version, given } = peer;
  return { id, name, version, given, runs: casesPerProperty, commits: [], honest, shown: [] };
};

/** Why a tool can't meet a fault; undefined when it can. */
export const whyInvisible = (
  { bend }: FaultyServer,
  { deliveries, keys }: Visibility,
): string | undefined => {
  const bent = bend({ contract: readContract(), state: createState(), own: handlers });
  if (bent.control !== undefined && !keys) return keysAlone;
  const answersAsHonest = bent.wire === undefined && bent.handlers === undefined;
  if (bent.deliver !== undefined && answersAsHonest && !deliveries) return deliveriesAlone;
  return undefined;
};

const deliveriesAlone =
  'Only what the server sends by itself is wrong, and it looks at none of that.';

const keysAlone =
  'Only what a person is given as a key is wrong, and it has its keys from elsewhere.';
