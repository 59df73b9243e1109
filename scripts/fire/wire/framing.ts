import { type Attack, type Findings, repeatCommand } from '../harness/findings.ts';
import { findGone } from '../harness/health.ts';
import type { WireAnswer } from '../harness/http-connection.ts';
import { commandOf } from '../harness/http-request.ts';
import type { OrganizationAccess } from '../harness/organizations.ts';
import { below, createRandom, pick, type Random } from '../harness/random.ts';
import type { ServerProcess } from '../harness/server-process.ts';
import { exchangeRaw, type Heard } from './raw-exchange.ts';
import { createShapes, type Shape } from './request-shapes.ts';

/** The context for sending shapes. */
export interface Framing {
  readonly attack: Attack;
  readonly findings: Findings;
  readonly server: ServerProcess;
  /** Only the shapes create contacts in it. */
  readonly organization: OrganizationAccess;
}

/** Sends every shape once. */
export const sendShapes = async (framing: Framing): Promise<void> => {
  const { pathname: base } = new URL(framing.server.url);
  const { key } = framing.organization;
  for (const shape of createShapes({ base, key, marker: 'shape' })) {
    await sendShape(framing, shape);
    if (framing.server.isGone()) return;
  }
};

/** Sends random shapes with a few bytes changed; stops when the server has ended. */
export const sendSpoiltShapes = async (
  framing: Framing,
  { times, lane }: { readonly times: number; readonly lane: number },
): Promise<void> => {
  const { server, organization, attack } = framing;
  const random = createRandom(attack.seed * 7_919 + lane);
  const { pathname: base } = new URL(server.url);
  const shapes = createShapes({ base, key: organization.key, marker: 'spoilt' }).filter(
    // Long shapes take time and find nothing more.
    ({ bytes }) => bytes.length < 8000,
  );
  for (let time = 0; time < times && !server.isGone(); time++) {
    const { name, bytes } = pick(random, shapes) as Shape;
    await sendShape(framing, { name: `${name}, spoilt`, bytes: spoil(bytes, random) });
  }
};

const inserted = ['\r', '\n', '\r\n', '\0', ' ', '\t', ':', '0', ';', ',', '\u00ff', '%', '/', '"'];

const spoil = (bytes: Buffer, random: Random): Buffer => {
  let spoilt = bytes;
  for (let edits = 1 + below(random, 4); edits > 0; edits--) {
    const at = below(random, spoilt.length);
    const [before, after] = [spoilt.subarray(0, at), spoilt.subarray(at)];
    const kind = below(random, 4);
    if (kind === 0) spoilt = Buffer.concat([before, after.subarray(1 + below(random, 4))]);
    else if (kind === 1) {
      const text = pick(random, inserted) ?? '';
      spoilt = Buffer.concat([before, Buffer.from(text, 'latin1'), after]);
    } else if (kind === 2) spoilt = Buffer.concat([before, after.subarray(0, 30), after]);
    else {
      spoilt = Buffer.from(spoilt);
      spoilt[at] = below(random, 256);
    }
  }
  return spoilt;
};

/** Sends a shape, and reports wrong responses and effects. */
const sendShape = async (framing: Framing, { name, bytes }: Shape): Promise<void> => {
  const { attack, findings, server } = framing;
  const again = `${repeatCommand(attack, findings.part)}; ${commandOf(bytes, server.url)}`;
  let seen = await sendAndCheck(framing, bytes, patienceFor(name));
  // A busy server may respond late: a problem counts if it remains after a longer wait.
  if (seen.problems.length > 0 && !server.isGone())
    seen = await sendAndCheck(framing, bytes, longPatience);
  for (const { status } of seen.answers) findings.count(status);
  if (seen.answers.length === 0) findings.count(0);
  if (server.isGone()) {
    await findGone(attack, findings, server, `after ${name}`, again);
    return;
  }
  const [kind = ''] = name.split(', spoilt');
  for (const problem of seen.problems) {
    findings.add(`${kind} ${problem.replaceAll(/\d+/g, '#').slice(0, 60)}`, {
      ...{ what: `${name}: ${problem}`, repeat: again, bytes: bytes.toString('hex') },
    });
  }
};

interface Observed {
  readonly answers: readonly WireAnswer[];
  readonly problems: readonly string[];
}

const sendAndCheck = async (
  framing: Framing,
  bytes: Buffer,
  patience: number,
): Promise<Observed> => {
  const { attack, server } = framing;
  const before = await countContacts(framing).catch(() => undefined);
  const heard = await exchangeRaw(server.url, bytes, patience);
  const after = await countContacts(framing).catch(() => undefined);
  const { answers } = heard;
  if (before === undefined || after === undefined) {
    return { answers, problems: ['the server does not respond'] };
  }
  const problems = complaints(attack, heard);
  const created = answers.filter(({ status }) => status === 201).length;
  if (after - before === created) return { answers, problems };
  const difference = `${created} contacts were acknowledged, and ${after - before} were created`;
  return { answers, problems: [...problems, difference] };
};

/** How long a response may take at most, in milliseconds. */
const longPatience = 4000;

/** How long to wait for a response, in milliseconds; incomplete requests get none. */
const patienceFor = (name: string): number => (name.includes('spoilt') ? 60 : 250);

const complaints = ({ check, contract }: Attack, heard: Heard): string[] => {
  const create = contract.operations.createContact;
  const problems = heard.answers.map((response) => {
    if (response.status === 201)
      return check.response({ method: 'POST', operation: create }, response);
    return response.status < 300 && response.status >= 200 ? undefined : check.refusal(response);
  });
  return [...problems, heard.nonsense].filter((problem) => problem !== undefined);
};

const countContacts = async ({ server, organization }: Framing): Promise<number> => {
  const response = await fetch(`${server.url}/contacts?per_page=1`, {
    headers: { Authorization: `Bearer ${organization.key}`, Connection: 'close' },
    signal: AbortSignal.timeout(5000),
  });
  return ((await response.json()) as { meta: { total: number } }).meta.total;
};
