import { Breakdown } from '../errors.ts';
import type { Protocol } from '../http/identify.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Finding } from './findings.ts';
import { describeLacking, diagnose, look, unspoken } from './preflight.ts';
import { type Probe, type ProbeAnswer, type Read, smallestRead } from './probe.ts';

const chapter = 'Target';

/** The address of a target, and how to look at it. */
export interface TargetAddress {
  readonly url: string;
  /** The option or variable that gives it, for example `--target`. */
  readonly from: string;
  /** Creates a probe for another base URL. */
  readonly probeAt: (url: string) => Probe;
  /** Finds out what a server speaks with which HTTP/1.1 failed. */
  readonly identify: (url: string) => Promise<Protocol | undefined>;
  /** The reads to look at. */
  readonly reads: readonly Read[];
}

/** A key that should open a target. */
export interface OpeningKey {
  /** The variable that holds it, or what made it. */
  readonly name: string;
  readonly value: string;
  /** Ends its use: an organisation that was created for it is deleted. */
  readonly close?: () => Promise<void>;
}

/**
 * Checks whether a target responds at its base URL, and whether its responses make sense: `doctor` and a
 * run begin with this, and agree.
 *
 * @param openKey - returns the key that should open it; undefined where there is none yet. It is called only
 *   when the target responds
 * @throws Breakdown for trouble on the way, such as a proxy, and when there is no key to be had
 */
export const checkReachability = async (
  address: TargetAddress,
  openKey: () => Promise<OpeningKey | undefined> = () => Promise.resolve(undefined),
): Promise<Finding[]> => {
  const { url, probeAt, reads } = address;
  const probe = probeAt(url);
  const answer = await probe(smallestRead).catch((thrown: unknown) => {
    if (thrown instanceof Breakdown) throw thrown;
    return describeSilence(thrown, address);
  });
  if ('mark' in answer) return [answer];
  const time = String(Math.round(answer.receivedAt - answer.sentAt));
  const responds: Finding = { chapter, mark: 'ok', text: `${url} responds in ${time} ms.` };
  const key = await openKey().catch(async (thrown: unknown) => {
    // What provides keys may fail for the same reason, which is said instead.
    const sick = await diagnoseWithout(address, probe);
    if (sick) return sick;
    throw thrown;
  });
  if (key && 'mark' in key) return [responds, key];
  if (!key) {
    const sick = await diagnoseWithout(address, probe);
    return [responds, ...(sick ? [sick] : [describeRefusal(answer, url), checkClock(answer)])];
  }
  const looks = await look(reads, probe, key.value).finally(key.close);
  const sick = await withBase(diagnose(looks, { ...address, key: key.name }), address, key.value);
  if (sick) return [responds, sick];
  const lacking = describeLacking(looks, key.name);
  const others = [describeRefusal(answer, url), checkClock(answer)];
  return [responds, ...others, ...(lacking ? [lacking] : [])];
};

/** Looks at a target without a key, which every read is refused without. */
const diagnoseWithout = async (
  address: TargetAddress,
  probe: Probe,
): Promise<Finding | undefined> => {
  const looks = await look(address.reads, probe, undefined);
  return withBase(diagnose(looks, { ...address, key: undefined }), address);
};

/** Nobody answers in HTTP/1.1: because nobody is there, or because it speaks something else. */
const describeSilence = async (thrown: unknown, address: TargetAddress): Promise<Finding> => {
  const { url, from, identify } = address;
  const clause = explainNoAnswer(thrown);
  const absent = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT/.test(clause);
  const protocol = absent ? undefined : await identify(url);
  if (protocol) return unspoken(protocol, address);
  const text = `No response from ${url}: ${clause}.`;
  return { chapter, mark: 'down', text, next: `Start the target, or check ${from}.` };
};

/** Names the base URL that was probably meant. */
const withBase = async (
  finding: Finding | undefined,
  address: TargetAddress,
  key?: string,
): Promise<Finding | undefined> => {
  if (finding?.mark !== 'wrong' || finding.chapter !== chapter) return finding;
  if (!/404|base URL/.test(finding.text)) return finding;
  const other = await findBase(address, key);
  const proof = key === undefined ? 'requires a key' : 'accepts the key';
  return other ? { ...finding, next: `Set ${address.from} to ${other}, which ${proof}.` } : finding;
};

/** At the right base URL, a read without a key is refused with 401. */
const describeRefusal = ({ status }: ProbeAnswer, url: string): Finding => {
  if (status === 401) {
    const text = 'The target refuses a read without a key (401), as it should.';
    return { chapter, mark: 'ok', text };
  }
  const text = `The target returns ${String(status)} for a read without a key.`;
  return { chapter, mark: 'warn', text, next: `The contract says 401: is ${url} the base URL?` };
};

/** Tries likely base URLs; undefined when none requires a key, or accepts this one. */
const findBase = async (
  { url, probeAt }: TargetAddress,
  key: string | undefined,
): Promise<string | undefined> => {
  const { origin } = new URL(url);
  for (const base of [`${url}/api/v1`, `${url}/v1`, `${origin}/api/v1`, origin]) {
    const answer = await probeAt(base)(smallestRead, key).catch(() => undefined);
    const fits = answer?.status === (key === undefined ? 401 : 200) && answer.json !== undefined;
    if (base !== url && fits) return base;
  }
  return undefined;
};

/** A difference between clocks that does no harm, in seconds. */
const harmless = 5;

const checkClock = ({ headers, sentAt, receivedAt }: ProbeAnswer): Finding => {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    return {
      chapter,
      mark: 'warn',
      text: 'The target sends no Date header, so its clock is unknown.',
    };
  }
  // Date has whole seconds, and is from some time between request and response.
  const ahead = date - receivedAt;
  const behind = sentAt - (date + 999);
  const seconds = Math.max(0, Math.ceil(Math.max(ahead, behind) / 1000));
  if (seconds <= harmless)
    return { chapter, mark: 'ok', text: 'The clock of the target agrees with this one.' };
  return {
    chapter,
    mark: 'warn',
    text: `The clock of the target is ${describeTime(seconds)} ${ahead > behind ? 'ahead of' : 'behind'} this one.`,
    next: 'Signatures and keys that expire will seem wrong. Correct one of the clocks.',
  };
};

const describeTime = (seconds: number): string => {
  if (seconds < 120) return `${String(seconds)} s`;
  if (seconds < 7_200) return `${String(Math.round(seconds / 60))} min`;
  return `${String(Math.round(seconds / 3_600))} h`;
};
