import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Body } from '../call.ts';
import type { Installation } from '../installation.ts';
import type { Key } from '../records.ts';
import type { Courier } from '../webhooks/courier.ts';
import { keyOf } from './authentication.ts';
import type { Hearing } from './checks.ts';
import { createContention } from './contention.ts';
import { refuseEarly } from './early-refusal.ts';
import { headersOf } from './headers.ts';
import { judge, refused } from './judge.ts';
import { aimOf, redirection } from './matching.ts';
import type { RateLimits } from './rate-limit.ts';
import { writeAnswer } from './write-answer.ts';

/** Where the API begins. */
export const base = '/api/v1';

/** Answers one request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const createServe = (
  installation: Installation,
  courier: Courier,
  rates: RateLimits,
): Serve => {
  const { freedoms } = installation;
  const enter = createContention(installation);
  return async (request, response) => {
    if (refuseEarly(installation, request, response)) return;
    greet(installation, request, response);
    const raw = await readAll(request);
    await hesitate(installation);
    const { method = 'GET' } = request;
    const url = new URL(request.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(base, '');
    const key = keyOf(installation, request.headers.authorization);
    const ensureAlone = key ? await enter(key.organization, peek(raw)) : () => undefined;
    const contentType = request.headers['content-type'] ?? '';
    const hearing: Hearing = {
      ...{ installation, rates, method, key, ensureAlone, query: url.searchParams },
      ...{ aim: aimOf(installation, method, path), accept: request.headers.accept },
      sent: { raw, contentType },
    };
    const elsewhere = redirection(installation, base, path, url.search);
    const verdict = elsewhere ? refused(hearing, elsewhere) : judge(hearing);
    if (key) await tell(installation, courier, key, verdict.occurrences);
    const headers = headersOf(hearing, verdict);
    writeAnswer(freedoms, request, response, { ...verdict, headers });
  };
};

const greet = (
  { freedoms }: Installation,
  { method }: IncomingMessage,
  response: ServerResponse,
): void => {
  if (freedoms.continue100 && method === 'POST') response.writeContinue();
  if (freedoms.earlyHints) response.writeEarlyHints({ link: '</style.css>; rel=preload' });
};

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const hesitate = async ({ freedoms, random, sleep }: Installation): Promise<void> => {
  if (!freedoms.delay) return;
  const [least, most] = freedoms.delay;
  await sleep(least + random() * (most - least));
};

/** What a body says, as far as it can be seen before anything was checked. */
const peek = (raw: Buffer): Body => {
  try {
    const value: unknown = JSON.parse(raw.toString());
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
};

/** Tells those who listen; the answer waits for that only where it does so (LG-WEB-036). */
const tell = async (
  { takes }: Installation,
  courier: Courier,
  { organization }: Key,
  occurrences: Parameters<Courier['tell']>[1],
): Promise<void> => {
  const told = courier.tell(organization, occurrences);
  if (takes('LG-WEB-036', 1)) await told;
};
