import { readContract } from '../../../openapi/contract.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { FaultyServer } from '../faulty-servers/faulty-server.ts';
import { removeMachinePaths } from '../harness/machine-paths.ts';
import {
  casesPerProperty,
  type Cost,
  type BaselineFindings,
  type MeasuredPeer,
  type Peer,
  type PeerFindings,
  type PeerId,
  type ShownFault,
  type Visibility,
} from './peer.ts';

export interface MeasureOptions {
  /** How often it runs on the unmodified server. */
  readonly rounds: number;
  /** The present commit. */
  readonly commit: string;
  /** An earlier result: its faults are not measured again. */
  readonly earlier?: MeasuredPeer | undefined;
  /** Called with a line for each run. */
  readonly print: (line: string) => void;
  /** Called with the results so far, after every few runs. */
  readonly keep: (measured: MeasuredPeer) => void;
}

/**
 * Runs a peer on the unmodified server, several times, and then on each faulty one. A fault is detected
 * when the peer has a finding that it never has on the unmodified server.
 *
 * @throws Error when it breaks down on the unmodified server
 */
export const measure = async (
  id: PeerId,
  peer: Peer,
  faults: readonly FaultyServer[],
  { rounds, commit, earlier, print, keep }: MeasureOptions,
): Promise<MeasuredPeer> => {
  const begun = earlier ?? (await measureBaseline(id, peer, rounds));
  // Its name may have changed since.
  let measured = { ...begun, name: peer.name, commits: [...new Set([...begun.commits, commit])] };
  const { baseline } = measured;
  print(`${id} unmodified: ${baseline.requests} requests, ${Math.round(baseline.milliseconds)} ms`);
  for (const finding of baseline.findings) print(`  on the unmodified server: ${finding}`);
  const known = new Set(measured.shown.map(({ fault }) => fault));
  for (const fault of faults.filter((one) => !known.has(one.id))) {
    const shown = await show(peer, fault, baseline);
    measured = { ...measured, shown: [...measured.shown, shown] };
    print(`${id} ${fault.id} ${shown.milliseconds} ms: ${describeShown(shown)}`);
    if (measured.shown.length % keptAfter === 0) keep(measured);
  }
  return measured;
};

/** An interrupted run loses fewer results than this. */
const keptAfter = 10;

const describeShown = ({ finding, invisible, brokeDown }: ShownFault): string =>
  finding ?? invisible ?? (brokeDown === undefined ? 'nothing' : `broke down: ${brokeDown}`);

const show = async (
  peer: Peer,
  fault: FaultyServer,
  baseline: BaselineFindings,
): Promise<ShownFault> => {
  const invisible = whyInvisible(fault, peer.visibility);
  if (invisible !== undefined) return { fault: fault.id, invisible, ...nothing };
  const start = performance.now();
  const findings = await peer.run(fault, 1).catch((error: unknown) => ({
    ...{ findings: [], requests: 0, milliseconds: performance.now() - start },
    brokeDown: String(error),
  }));
  return assessFindings(fault.id, findings, baseline);
};

const nothing: Cost = { requests: 0, milliseconds: 0 };

/** The result for a faulty server: its findings without those on the unmodified server. */
export const assessFindings = (
  fault: string,
  { findings, requests, milliseconds, brokeDown }: PeerFindings,
  baseline: Pick<BaselineFindings, 'findings'>,
): ShownFault => {
  const cost: Cost = { requests, milliseconds: Math.round(milliseconds) };
  const finding = findings.find((one) => !baseline.findings.includes(one));
  if (finding !== undefined) return { fault, finding: shorten(finding), ...cost };
  if (brokeDown !== undefined) return { fault, brokeDown: shorten(brokeDown), ...cost };
  return { fault, ...cost };
};

const shorten = (text: string): string => removeMachinePaths(text).slice(0, 200);

/** A result without any faulty server: the runs on the unmodified server. */
const measureBaseline = async (id: PeerId, peer: Peer, rounds: number): Promise<MeasuredPeer> => {
  const runs: PeerFindings[] = [];
  for (let round = 1; round <= rounds; round += 1) runs.push(await peer.run(undefined, round));
  const broken = runs.find(({ brokeDown }) => brokeDown !== undefined);
  if (broken)
    throw new Error(`${id} broke down on the unmodified server: ${broken.brokeDown ?? ''}`);
  const [{ requests, milliseconds } = nothing] = runs;
  const baseline: BaselineFindings = {
    rounds,
    findings: [...new Set(runs.flatMap(({ findings }) => findings))],
    ...{ requests, milliseconds: Math.round(milliseconds) },
  };
  const { name, version, given } = peer;
  return { id, name, version, given, runs: casesPerProperty, commits: [], baseline, shown: [] };
};

/** Why a tool can't see a fault; undefined when it can. */
export const whyInvisible = (
  { inject }: FaultyServer,
  { deliveries, keys }: Visibility,
): string | undefined => {
  const injection = inject({ contract: readContract(), state: createState(), own: handlers });
  if (injection.control !== undefined && !keys) return keysAlone;
  const answersUnchanged = injection.wire === undefined && injection.handlers === undefined;
  if (injection.deliver !== undefined && answersUnchanged && !deliveries) return deliveriesAlone;
  return undefined;
};

const deliveriesAlone = 'Only deliveries are wrong, and it sees none of them.';

const keysAlone =
  'Only the keys that are given out are wrong, and it gets its keys from elsewhere.';
