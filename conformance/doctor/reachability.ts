import { explainNoAnswer } from '../http/timeout.ts';
import type { Finding } from './findings.ts';
import { type Probe, type ProbeAnswer, smallestRead } from './probe.ts';

const chapter = 'Target';

/** The address of a target. */
export interface TargetAddress {
  readonly url: string;
  /** The option or variable that gives it, for example `--target`. */
  readonly from: string;
  /** Creates a probe for another base URL. */
  readonly probeAt: (url: string) => Probe;
}

/** Checks whether a target responds at its base URL, and whether its clock is right. */
export const checkReachability = async (address: TargetAddress): Promise<Finding[]> => {
  const { url, from, probeAt } = address;
  try {
    const answer = await probeAt(url)(smallestRead);
    const time = String(Math.round(answer.receivedAt - answer.sentAt));
    const responds: Finding = { chapter, mark: 'ok', text: `${url} responds in ${time} ms.` };
    return [responds, await checkBase(answer, address), checkClock(answer)];
  } catch (thrown) {
    const text = `No response from ${url}: ${explainNoAnswer(thrown)}.`;
    return [{ chapter, mark: 'down', text, next: `Start the target, or check ${from}.` }];
  }
};

/** At the right base URL, a read without a key is refused with 401. */
const checkBase = async (
  { status, headers }: ProbeAnswer,
  address: TargetAddress,
): Promise<Finding> => {
  const { url, from } = address;
  if (status === 401)
    return {
      chapter,
      mark: 'ok',
      text: 'The target refuses a read without a key (401), as it should.',
    };
  if (status === 404) {
    const other = await findBase(address);
    return {
      ...{ chapter, mark: 'wrong', text: `${url} has no /dossiers (404).` },
      next: other ? `Set ${from} to ${other}, which requires a key.` : `Check ${from}.`,
    };
  }
  if (status >= 300 && status < 400) {
    const text = `${url} redirects to ${headers.get('location') ?? 'nowhere'}.`;
    return {
      chapter,
      mark: 'wrong',
      text,
      next: `Set ${from} to the address behind the redirect.`,
    };
  }
  return {
    ...{
      chapter,
      mark: 'warn',
      text: `The target returns ${String(status)} for a read without a key.`,
    },
    next: `The contract says 401: is ${url} the base URL?`,
  };
};

/** Tries likely base URLs; undefined when none requires a key. */
const findBase = async ({ url, probeAt }: TargetAddress): Promise<string | undefined> => {
  const { origin } = new URL(url);
  for (const base of [`${url}/api/v1`, `${url}/v1`, `${origin}/api/v1`, origin]) {
    const answer = await probeAt(base)(smallestRead).catch(() => undefined);
    if (base !== url && answer?.status === 401) return base;
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
