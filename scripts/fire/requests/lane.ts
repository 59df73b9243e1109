import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Findings } from '../harness/findings.ts';
import { type Connection, NoAnswer, type WireAnswer } from '../harness/http-connection.ts';
import { bytesOf, commandOf, curlOf, type Draft } from '../harness/http-request.ts';
import { complainOfLoss } from './data-loss.ts';
import type { Planned } from './draft.ts';
import type { Kind, Pool } from './values.ts';

/** What one connection of the fuzzer works with. */
export interface Lane {
  readonly url: string;
  readonly connection: Connection;
  readonly judge: AnswerCheck;
  readonly ledger: Findings;
  readonly plan: () => Planned;
  readonly pool: Pool;
  /** A text that is in everything that the other organisation holds. */
  readonly canary: string;
  /** Whether the server is gone, so that nothing more can be expected. */
  readonly isGone: () => boolean;
  /** The command that repeats the part. */
  readonly repeat: string;
}

/** Sends one request after the other, and looks at each answer. */
export const runLane = async (lane: Lane, requests: number): Promise<void> => {
  for (let number = 0; number < requests && !lane.isGone(); number++) {
    const planned = lane.plan();
    const { answer, problem } = await observe(lane, planned);
    if (problem !== undefined && !lane.isGone()) await report(lane, planned, problem);
    if (answer) await remember(lane, planned, answer);
  }
  lane.connection.close();
};

interface Observed {
  readonly answer?: WireAnswer;
  readonly problem?: string;
}

/** Sends a request and says what is wrong with its answer. */
const observe = async (lane: Lane, planned: Planned): Promise<Observed> => {
  const { draft } = planned;
  try {
    const head = draft.method === 'HEAD';
    const answer = await lane.connection.send(bytesOf(draft), { head });
    lane.ledger.count(answer.status);
    const problem = complain(lane, planned, answer);
    return { answer, ...(problem !== undefined && { problem }) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    lane.ledger.count(0);
    return { problem: error.message };
  }
};

/** So many bytes of a head are more than Node reads, or nearly. */
const longHead = 14_000;

const complain = (
  { judge, canary }: Lane,
  planned: Planned,
  answer: WireAnswer,
): string | undefined => {
  const { draft, foreign, scopes } = planned;
  const operation = judge.operationAt(draft.method, draft.path);
  if (answer.body.includes(canary)) return 'the answer shows what is in another organisation';
  const succeeded = answer.status < 300;
  const reached = succeeded ? foreign.find((id) => answer.body.includes(id)) : undefined;
  if (reached !== undefined) return `${reached}, an id of another organisation, was taken`;
  if (succeeded && operation && !holdsScopes(operation.scopes, draft, scopes)) {
    return 'it succeeded with a key that may not do it';
  }
  const size = draft.path.length + draft.query.join().length + draft.headers.join().length;
  if (size > longHead && answer.status < 500 && answer.status >= 400) return judge.refusal(answer);
  return (
    judge.answer({ method: draft.method, operation }, answer) ??
    (operation && succeeded ? complainOfLoss(judge, operation, planned, answer) : undefined)
  );
};

const holdsScopes = (
  needed: readonly string[],
  { headers }: Draft,
  held: readonly string[] | undefined,
): boolean =>
  held !== undefined &&
  headers.some(([name]) => name === 'Authorization') &&
  needed.every((scope) => held.includes(scope));

/** What a finding is about, so that the same isn't told twice; details don't count. */
const kindOf = ({ operation }: Planned, problem: string): string => {
  const [what = ''] = problem.split(':', 1);
  return `${operation.id} ${what.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4,}/g, '#')}`;
};

const report = async (lane: Lane, planned: Planned, problem: string): Promise<void> => {
  const { ledger, url, repeat } = lane;
  const kind = kindOf(planned, problem);
  const know = ledger.knows(kind);
  const { draft } = know
    ? planned
    : await shrink(planned, async (smaller) => {
        const again = await observe(lane, smaller);
        return again.problem !== undefined && kindOf(planned, again.problem) === kind;
      });
  const bytes = bytesOf(draft);
  ledger.find(kind, {
    what: `${planned.operation.id} (${planned.way}): ${problem}`,
    repeat: `${repeat}; ${curlOf(draft, url) ?? commandOf(bytes, url)}`,
    bytes: bytes.toString('hex'),
  });
};

/** Notes what there is now, and looks whether a write can be read. */
const remember = async (lane: Lane, planned: Planned, answer: WireAnswer): Promise<void> => {
  const { judge, pool } = lane;
  const { draft } = planned;
  const operation = judge.operationAt(draft.method, draft.path);
  if (!operation || answer.status >= 300 || operation.method === 'GET') return;
  const { data } = JSON.parse(answer.body || '{}') as { data?: Record<string, unknown> };
  const [, kind] = operation.path.split('/') as [string, Kind];
  const isOwn = operation.path.split('/').length <= 3 && typeof data?.['id'] === 'string';
  if (!isOwn) return;
  const id = String(data['id']);
  if (operation.id === 'deleteContact') pool.remove(kind, id);
  else if (operation.success === 201) pool.add(kind, id);
  await readBack(lane, planned, `/${kind}/${id}`, operation.id === 'deleteContact', data);
};

/** Every write is read at once by the one who wrote: what was acknowledged is there, or gone. */
const readBack = async (
  lane: Lane,
  planned: Planned,
  below: string,
  deleted: boolean,
  data: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const { draft } = planned;
  const path = lane.url.replace(/^https?:\/\/[^/]+/, '') + below;
  const operation = lane.judge.operationAt('GET', path);
  if (!operation) return;
  const headers = draft.headers.filter(([name]) => name === 'Authorization' || name === 'Host');
  const reading: Draft = { method: 'GET', path, query: [], headers, body: undefined };
  const scopes = planned.scopes;
  const plan: Planned = { draft: reading, operation, way: 'valid', foreign: [], scopes };
  const { answer, problem } = await observe(lane, plan);
  if (!answer || answer.status === 403 || lane.isGone()) return;
  const found = parseData(answer);
  const lost = deleted
    ? answer.status === 404
      ? undefined
      : 'what was deleted is still there'
    : differenceOf(data, found);
  const what = problem ?? lost;
  if (what === undefined) return;
  const bytes = bytesOf(draft);
  lane.ledger.find(kindOf(planned, what), {
    what: `${planned.operation.id}, read again: ${what}`,
    repeat: `${lane.repeat}; ${curlOf(draft, lane.url) ?? commandOf(bytes, lane.url)}`,
    bytes: bytes.toString('hex'),
  });
};

const parseData = (answer: WireAnswer): Readonly<Record<string, unknown>> =>
  (JSON.parse(answer.body || '{}') as { data?: Record<string, unknown> }).data ?? {};

const differenceOf = (
  written: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined => {
  const field = Object.keys(written).find(
    (name) => name in found && JSON.stringify(found[name]) !== JSON.stringify(written[name]),
  );
  if (found['id'] !== written['id']) return 'what was acknowledged is not there';
  return field && `${field} is not as it was acknowledged`;
};

/** How many smaller requests are tried. */
const mostAttempts = 40;

/** Takes away from a request what it doesn't need to show the same problem. */
const shrink = async (
  planned: Planned,
  isStill: (smaller: Planned) => Promise<boolean>,
): Promise<Planned> => {
  let best = planned;
  let attempts = 0;
  for (let progress = true; progress;) {
    progress = false;
    for (const draft of smallerOnes(best.draft)) {
      if (++attempts > mostAttempts) return best;
      const candidate = { ...best, draft };
      if (await isStill(candidate)) {
        best = candidate;
        progress = true;
        break;
      }
    }
  }
  return best;
};

const smallerOnes = (draft: Draft): Draft[] => [
  ...(draft.chunked ? [{ ...draft, chunked: false }] : []),
  ...draft.query.map((_, index) => ({ ...draft, query: without(draft.query, index) })),
  ...draft.headers.map((_, index) => ({ ...draft, headers: without(draft.headers, index) })),
  ...smallerBodies(draft.body).map((body) => ({ ...draft, body })),
];

const smallerBodies = (body: Buffer | undefined): (Buffer | undefined)[] => {
  if (!body) return [];
  if (body.subarray(0, 2).toString() === '--') return smallerForms(body);
  const fields = fieldsOf(body);
  if (!fields) return [undefined];
  const smaller = fields.map((_, index) => Object.fromEntries(without(fields, index)));
  return [undefined, ...smaller.map((object) => Buffer.from(JSON.stringify(object)))];
};

/** A form without one of its parts. */
const smallerForms = (body: Buffer): Buffer[] => {
  const text = body.toString('latin1');
  const [boundary = ''] = text.split('\r\n', 1);
  const [, ...parts] = text.split(boundary);
  const end = parts.pop() ?? '';
  return parts.map((_, index) =>
    Buffer.from(['', ...without(parts, index), end].join(boundary), 'latin1'),
  );
};

const fieldsOf = (body: Buffer): [string, unknown][] | undefined => {
  try {
    const whole: unknown = JSON.parse(body.toString('utf8'));
    return typeof whole === 'object' && whole !== null ? Object.entries(whole) : undefined;
  } catch {
    return undefined;
  }
};

const without = <T>(list: readonly T[], index: number): T[] =>
  list.filter((_, other) => other !== index);
