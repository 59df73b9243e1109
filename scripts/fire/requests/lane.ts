import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { Findings } from '../harness/findings.ts';
import { type Connection, NoAnswer, type WireAnswer } from '../harness/http-connection.ts';
import { bytesOf, commandOf, curlOf, type Draft } from '../harness/http-request.ts';
import { complainOfLoss } from './data-loss.ts';
import type { Planned } from './draft.ts';
import type { Kind, Pool } from './values.ts';

/** The context of one connection of the fuzzer. */
export interface Lane {
  readonly url: string;
  readonly connection: Connection;
  readonly check: AnswerCheck;
  readonly findings: Findings;
  readonly plan: () => Planned;
  readonly pool: Pool;
  /** A text in every item of the other organisation. */
  readonly canary: string;
  /** Whether the server has ended. */
  readonly isGone: () => boolean;
  /** The command that repeats this part of the attack. */
  readonly repeat: string;
}

/** Sends one request after the other on a connection, and checks each response. */
export const runLane = async (lane: Lane, requests: number): Promise<void> => {
  for (let number = 0; number < requests && !lane.isGone(); number++) {
    const planned = lane.plan();
    const { response, problem } = await sendAndCheck(lane, planned);
    if (problem !== undefined && !lane.isGone()) await report(lane, planned, problem);
    if (response) await updatePool(lane, planned, response);
  }
  lane.connection.close();
};

interface Observed {
  readonly response?: WireAnswer;
  readonly problem?: string;
}

/** Sends a request and checks its response. */
const sendAndCheck = async (lane: Lane, planned: Planned): Promise<Observed> => {
  const { draft } = planned;
  try {
    const head = draft.method === 'HEAD';
    const response = await lane.connection.send(bytesOf(draft), { head });
    lane.findings.count(response.status);
    const problem = reportProblem(lane, planned, response);
    return { response, ...(problem !== undefined && { problem }) };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    lane.findings.count(0);
    return { problem: error.message };
  }
};

/** Near the size of headers, in bytes, that Node refuses. */
const longHeadBytes = 14_000;

const reportProblem = (
  { check, canary }: Lane,
  planned: Planned,
  response: WireAnswer,
): string | undefined => {
  const { draft, foreign, scopes } = planned;
  const operation = check.operationAt(draft.method, draft.path);
  if (response.body.includes(canary)) return 'the response shows what is in another organisation';
  const succeeded = response.status < 300;
  const reached = succeeded ? foreign.find((id) => response.body.includes(id)) : undefined;
  if (reached !== undefined) return `${reached}, an id of another organisation, was accepted`;
  if (succeeded && operation && !holdsScopes(operation.scopes, draft, scopes)) {
    return 'it succeeded with an API key that lacks the scope';
  }
  const size = draft.path.length + draft.query.join().length + draft.headers.join().length;
  if (size > longHeadBytes && response.status < 500 && response.status >= 400)
    return check.refusal(response);
  return (
    check.response({ method: draft.method, operation }, response) ??
    (operation && succeeded ? complainOfLoss(check, operation, planned, response) : undefined)
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

/** The kind of a problem: operation and message, without ids and details. */
const kindOf = ({ operation }: Planned, problem: string): string => {
  const [what = ''] = problem.split(':', 1);
  return `${operation.id} ${what.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{4,}/g, '#')}`;
};

const report = async (lane: Lane, planned: Planned, problem: string): Promise<void> => {
  const { findings, url, repeat } = lane;
  const kind = kindOf(planned, problem);
  const isKnown = findings.has(kind);
  const { draft } = isKnown
    ? planned
    : await shrink(planned, async (smaller) => {
        const again = await sendAndCheck(lane, smaller);
        return again.problem !== undefined && kindOf(planned, again.problem) === kind;
      });
  const bytes = bytesOf(draft);
  findings.add(kind, {
    what: `${planned.operation.id} (${planned.way}): ${problem}`,
    repeat: `${repeat}; ${curlOf(draft, url) ?? commandOf(bytes, url)}`,
    bytes: bytes.toString('hex'),
  });
};

/** Updates the pool after a write, and checks that the write can be read. */
const updatePool = async (lane: Lane, planned: Planned, response: WireAnswer): Promise<void> => {
  const { check, pool } = lane;
  const { draft } = planned;
  const operation = check.operationAt(draft.method, draft.path);
  if (!operation || response.status >= 300 || operation.method === 'GET') return;
  const { data } = JSON.parse(response.body || '{}') as { data?: Record<string, unknown> };
  const [, kind] = operation.path.split('/') as [string, Kind];
  const isOwn = operation.path.split('/').length <= 3 && typeof data?.['id'] === 'string';
  if (!isOwn) return;
  const id = String(data['id']);
  if (operation.id === 'deleteContact') pool.remove(kind, id);
  else if (operation.success === 201) pool.add(kind, id);
  await readBack(lane, planned, `/${kind}/${id}`, operation.id === 'deleteContact', data);
};

/** Reads what was just written: it is as acknowledged, or gone if it was deleted. */
const readBack = async (
  lane: Lane,
  planned: Planned,
  below: string,
  deleted: boolean,
  data: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const { draft } = planned;
  const path = lane.url.replace(/^https?:\/\/[^/]+/, '') + below;
  const operation = lane.check.operationAt('GET', path);
  if (!operation) return;
  const headers = draft.headers.filter(([name]) => name === 'Authorization' || name === 'Host');
  const reading: Draft = { method: 'GET', path, query: [], headers, body: undefined };
  const scopes = planned.scopes;
  const plan: Planned = { draft: reading, operation, way: 'valid', foreign: [], scopes };
  const { response, problem } = await sendAndCheck(lane, plan);
  if (!response || response.status === 403 || lane.isGone()) return;
  const found = parseData(response);
  const lost = deleted
    ? response.status === 404
      ? undefined
      : 'what was deleted is still there'
    : differenceOf(data, found);
  const what = problem ?? lost;
  if (what === undefined) return;
  const bytes = bytesOf(draft);
  lane.findings.add(kindOf(planned, what), {
    what: `${planned.operation.id}, then read: ${what}`,
    repeat: `${lane.repeat}; ${curlOf(draft, lane.url) ?? commandOf(bytes, lane.url)}`,
    bytes: bytes.toString('hex'),
  });
};

const parseData = (response: WireAnswer): Readonly<Record<string, unknown>> =>
  (JSON.parse(response.body || '{}') as { data?: Record<string, unknown> }).data ?? {};

const differenceOf = (
  written: Readonly<Record<string, unknown>>,
  found: Readonly<Record<string, unknown>>,
): string | undefined => {
  const field = Object.keys(written).find(
    (name) => name in found && JSON.stringify(found[name]) !== JSON.stringify(written[name]),
  );
  if (found['id'] !== written['id']) return 'what was acknowledged is missing';
  return field && `${field} differs from what was acknowledged`;
};

/** The number of smaller requests to try. */
const maxAttempts = 40;

/** Removes the parts of a request that aren't needed to show the same problem. */
const shrink = async (
  planned: Planned,
  hasProblem: (smaller: Planned) => Promise<boolean>,
): Promise<Planned> => {
  let best = planned;
  let attempts = 0;
  for (let progress = true; progress;) {
    progress = false;
    for (const draft of smallerDrafts(best.draft)) {
      if (++attempts > maxAttempts) return best;
      const candidate = { ...best, draft };
      if (await hasProblem(candidate)) {
        best = candidate;
        progress = true;
        break;
      }
    }
  }
  return best;
};

const smallerDrafts = (draft: Draft): Draft[] => [
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

/** The form without each of its parts in turn. */
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
