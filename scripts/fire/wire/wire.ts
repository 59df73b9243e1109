import type { Attack, Findings, Part } from '../harness/findings.ts';
import { compareMemory, stopInTime } from '../harness/health.ts';
import { settingsAt } from '../harness/organizations.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import {
  answers,
  breakOff,
  breakTunnels,
  goSlow,
  holdAndStop,
  leaveOpen,
  type WireTarget,
} from './connections.ts';
import { flood, repeatFile } from './floods.ts';
import { type Framing, sendShapes, sendSpoiltShapes } from './framing.ts';

/** A low limit, so that a server which leaks descriptors soon stops responding. */
const descriptors = 256;

/** The number of connections that send spoilt shapes, each to its own organisation. */
const lanes = 4;

/** Broken framing, tunnels, and connections that are cut, slow, held open or endless. */
export const attackWire: Part = async (attack, findings) => {
  const { short } = attack;
  const times = short ? 20 : Math.min(5000, Math.ceil(attack.requests / 50));
  const steps: Readonly<Record<string, (target: WireTarget) => Promise<void>>> = {
    shapes: async (target) => sendShapes(await framing(target)),
    'spoilt shapes': (target) => spoilShapes(target, times),
    tunnels: breakTunnels,
    'cut connections': (target) => breakOff(target, short ? 60 : 500),
    'open connections': (target) => leaveOpen(target, descriptors + 50),
    'slow connections': goSlow,
    floods: flood,
    'many files': repeatFile,
  };
  let target = await start(attack, findings);
  let before = await target.server.measure();
  for (const [name, step] of Object.entries(steps)) {
    attack.log(name);
    await step(target);
    if (target.server.isGone() || !(await answers(target))) {
      // The step has reported it; the next one gets a new server.
      if (!target.server.isGone()) await target.server.kill();
      target = await start(attack, findings);
      before = await target.server.measure();
    }
  }
  await compareMemory(attack, findings, target.server, before);
  attack.log('stopping');
  await holdAndStop(target);
  if (!target.server.isGone()) await stopInTime(attack, findings, target.server, 'at the end');
};

const start = async (attack: Attack, findings: Findings): Promise<WireTarget> => {
  const server: ServerProcess = await attack.start({ descriptors });
  const settings = settingsAt(server.controlUrl);
  const { key } = await settings.create({ name: 'Wire' }, attack.contract.scopes);
  const target = { attack, findings, server, key };
  await answers(target);
  return target;
};

const framing = async ({ attack, findings, server }: WireTarget): Promise<Framing> => {
  const settings = settingsAt(server.controlUrl);
  const organization = await settings.create({ name: 'Framing' }, attack.contract.scopes);
  return { attack, findings, server, organization };
};

const spoilShapes = async (target: WireTarget, times: number): Promise<void> => {
  const work = async (lane: number): Promise<void> => {
    const share = Math.ceil(times / lanes);
    await sendSpoiltShapes(await framing(target), { times: share, lane });
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
};
