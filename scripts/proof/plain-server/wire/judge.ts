import { createHash } from 'node:crypto';
import type { Call, Reply } from '../call.ts';
import { Accident, Refusal, say } from '../refusal.ts';
import { keepPast, listedOf } from '../state/past.ts';
import type { Occurrence } from '../webhooks/occurrence.ts';
import { checkAll, type Hearing } from './checks.ts';
import { partsOf } from './matching.ts';

/** What is answered, before it is written down. */
export interface Verdict {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** What has happened, for those who listen. */
  readonly occurrences: readonly Occurrence[];
}

/** Checks a request, does what it asks, and says what is to be answered. */
export const judge = (hearing: Hearing): Verdict => {
  const { installation, rates, aim } = hearing;
  const occurrences: Occurrence[] = [];
  try {
    checkAll(hearing);
    const reply = act(hearing, occurrences);
    const { allowance } = hearing;
    if (installation.takes('LG-LIM-018', 1)) allowance?.spend(rates.costOf(aim.route?.name));
    const status = statusOf(hearing, reply);
    const body = installation.freedoms.envelope ? { ...reply.body, error: null } : reply.body;
    return { status, body, headers: {}, occurrences };
  } catch (thrown) {
    if (thrown instanceof Refusal) return refused(hearing, thrown);
    if (!(thrown instanceof Accident)) throw thrown;
    const message = say(installation, 'That was unexpected.', 'Dat was onverwacht.');
    return { ...refused(hearing, new Refusal(500, 'internal', message)), occurrences };
  }
};

/** The answer that a refusal is told by. */
export const refused = (
  { installation }: Hearing,
  { status, code, message, headers }: Refusal,
): Verdict => {
  const occurrences: Occurrence[] = [];
  if (status < 400) return { status, headers, body: {}, occurrences };
  const further = installation.takes('LG-GEN-006', 1) ? { details: [] } : {};
  const error = { code, message, ...further };
  const body = installation.freedoms.envelope ? { error, data: null } : { error };
  return { status, headers, body, occurrences };
};

/** Does what is asked, unless a test has asked for an accident. */
const act = (hearing: Hearing, occurrences: Occurrence[]): Reply => {
  const { installation, aim, query, key, sent, read, method } = hearing;
  if (!aim.route || !key) throw new Error('A request was let through that is for nobody.');
  const { organization } = key;
  const { operation } = aim.route;
  const call: Call = {
    ...{ installation, organization, key, query, occurrences },
    listed: listedOf(installation, organization),
    ...{ path: partsOf(aim), body: read?.body ?? {}, form: read?.form, ...sent },
  };
  hearing.ensureAlone();
  if (method !== 'GET') keepPast(installation, organization);
  const accident = organization.failing.delete('request');
  if (!installation.takes('LG-ERR-022', 1) || method === 'GET') {
    if (accident) throw new Accident();
    return operation(call);
  }
  const print = printOf(hearing, key.key);
  const before = organization.lost.get(print);
  if (before && accident) throw new Accident();
  organization.lost.delete(print);
  if (before) return before;
  const reply = operation(call);
  if (!accident) return reply;
  // The change was made, and the repetition will recognise it.
  organization.lost.set(print, reply);
  throw new Accident();
};

const printOf = ({ method, aim, query, sent }: Hearing, key: string): string =>
  createHash('sha256')
    .update([method, aim.path, query.toString(), key, ''].join('\n'))
    .update(sent.raw)
    .digest('hex');

const statusOf = ({ installation, method }: Hearing, { status }: Reply): number => {
  const { choice } = installation;
  const reading = method === 'GET' || method === 'HEAD';
  if (reading) return choice('LG-GEN-052') === 1 ? 203 : status;
  if (status === 201) return [201, 200, 202][choice('LG-GEN-050')] ?? status;
  return [200, 201, 202][choice('LG-GEN-051')] ?? status;
};
