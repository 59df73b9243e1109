import { readContract } from '../../../openapi/contract.ts';
import { handlers } from '../../../reference-server/handlers.ts';
import { createState } from '../../../reference-server/state/state.ts';
import type { Fault } from '../fleet/fault.ts';
import type { Look, Peer } from './peer.ts';
import type { Detection, HonestLook, MeasuredPeer, Miss } from './result.ts';

export interface Measuring {
  /** How often it looks at the honest server. */
  readonly rounds: number;
  /** Whether it looks at what the server sends by itself. */
  readonly seesDeliveries: boolean;
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
 */
export const measure = async (
  id: string,
  peer: Peer,
  faults: readonly Fault[],
  { rounds, seesDeliveries, earlier, tell, keep }: Measuring,
): Promise<MeasuredPeer> => {
  let measured = earlier ?? (await begin(id, peer, rounds));
  const { honest } = measured;
  tell(`${id} honest: ${honest.requests} requests, ${honest.seconds} s`);
  for (const finding of honest.findings) tell(`  it says of the honest server: ${finding}`);
  const known = new Set([...measured.detected, ...measured.undetected].map(({ fault }) => fault));
  for (const fault of faults.filter((one) => !known.has(one.id))) {
    const unseen = !seesDeliveries && bendsOnlyDeliveries(fault);
    const sight = unseen ? deliveriesAlone : await lookAt(peer, fault);
    measured = addSight(measured, fault.id, sight);
    const { finding } = measured.detected.find((one) => one.fault === fault.id) ?? {};
    tell(`${id} ${fault.id} ${Math.round(sight.milliseconds)} ms: ${finding ?? 'nothing'}`);
    if (measured.faults % keptAfter === 0) keep(measured);
  }
  return measured;
};

/** So many looks may get lost when a run is ended early. */
const keptAfter = 10;

/** A look, or why there was none. */
export interface Sight extends Look {
  readonly unseen?: string;
}

const nothing: Look = { findings: [], requests: 0, milliseconds: 0 };

const deliveriesAlone: Sight = {
  ...nothing,
  unseen: 'not run: only what the server sends by itself is wrong, and it looks at none of that',
};

const lookAt = (peer: Peer, fault: Fault): Promise<Sight> =>
  peer.look(fault, 1).catch((error: unknown) => ({
    ...nothing,
    unseen: `broke down: ${String(error).slice(0, longest)}`,
  }));

/** What is said may be long; so much of it tells enough. */
const longest = 200;

/** The measurement with one more fault in it. */
export const addSight = (
  measured: MeasuredPeer,
  fault: string,
  { findings, requests, milliseconds, unseen }: Sight,
): MeasuredPeer => {
  const finding = findings.find((one) => !measured.honest.findings.includes(one));
  const detection: Detection[] =
    finding === undefined ? [] : [{ fault, finding: finding.slice(0, longest) }];
  const miss: Miss[] = finding === undefined ? [{ fault, ...(unseen && { unseen }) }] : [];
  return {
    ...measured,
    faults: measured.faults + 1,
    detected: [...measured.detected, ...detection],
    undetected: [...measured.undetected, ...miss],
    requests: measured.requests + requests,
    seconds: Math.round(measured.seconds * 1000 + milliseconds) / 1000,
  };
};

/** A measurement without any fault in it: the looks at the honest server. */
const begin = async (id: string, peer: Peer, rounds: number): Promise<MeasuredPeer> => {
  const looks: Look[] = [];
  for (let round = 1; round <= rounds; round += 1) looks.push(await peer.look(undefined, round));
  const [{ requests, milliseconds } = nothing] = looks;
  const honest: HonestLook = {
    rounds,
    findings: [...new Set(looks.flatMap(({ findings }) => findings))],
    requests,
    seconds: Math.round(milliseconds / 100) / 10,
  };
  const { name, version, given } = peer;
  const none = { faults: 0, detected: [], undetected: [], requests: 0, seconds: 0 };
  return { id, name, version, given, honest, ...none };
};

/** Whether a server answers exactly as the honest one does. */
const bendsOnlyDeliveries = ({ bend }: Fault): boolean => {
  const bent = bend({ contract: readContract(), state: createState(), own: handlers });
  return bent.wire === undefined && bent.handlers === undefined;
};
