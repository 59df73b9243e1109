import { explainNoAnswer } from '../http/timeout.ts';
import type { Finding } from './findings.ts';
import { type Probe, type ProbeAnswer, smallestRead } from './probe.ts';

const chapter = 'Target';

/** Where a target was said to be. */
export interface TargetAddress {
  readonly url: string;
  /** What named it, such as `--target`. */
  readonly from: string;
  /** Reads below another base URL. */
  readonly probeAt: (url: string) => Probe;
}

/** Sees whether a target answers at its base URL, and what its clock shows. */
export const checkReachability = async (address: TargetAddress): Promise<Finding[]> => {
  const { url, from, probeAt } = address;
  try {
    const answer = await probeAt(url)(smallestRead);
    const time = String(Math.round(answer.receivedAt - answer.sentAt));
    const answers: Finding = { chapter, mark: 'ok', text: `${url} answers, in ${time} ms.` };
    return [answers, await checkBase(answer, address), checkClock(answer)];
  } catch (thrown) {
    const text = `No response from ${url}: ${explainNoAnswer(thrown)}.`;
    return [{ chapter, mark: 'down', text, next: `Start the target, or correct ${from}.` }];
  }
};

/** Whoever knows the path asks for a key. */
const checkBase = async (
  { status, headers }: ProbeAnswer,
  address: TargetAddress,
): Promise<Finding> => {
  const { url, from } = address;
  if (status === 401)
    return { chapter, mark: 'ok', text: 'It asks for a key (401) where it should.' };
  if (status === 404) {
    const other = await findBase(address);
    return {
      ...{ chapter, mark: 'wrong', text: 'It knows no /dossiers (404).' },
      next: other ? `Set ${from} to ${other}, where a key is asked for.` : `Correct ${from}.`,
    };
  }
  if (status >= 300 && status < 400) {
    const text = `It answers with a redirection to ${headers.get('location') ?? 'nowhere'}.`;
    return { chapter, mark: 'wrong', text, next: `Give ${from} the address that answers itself.` };
  }
  return {
    ...{ chapter, mark: 'warn', text: `It answers ${String(status)} to a read without a key.` },
    next: `The contract says 401: is ${url} the base URL?`,
  };
};

/** The base URL as people forget it. */
const findBase = async ({ url, probeAt }: TargetAddress): Promise<string | undefined> => {
  const { origin } = new URL(url);
  for (const base of [`${url}/api/v1`, `${url}/v1`, `${origin}/api/v1`, origin]) {
    const answer = await probeAt(base)(smallestRead).catch(() => undefined);
    if (base !== url && answer?.status === 401) return base;
  }
  return undefined;
};

/** So far apart, in seconds, do clocks do no harm. */
const harmless = 5;

const checkClock = ({ headers, sentAt, receivedAt }: ProbeAnswer): Finding => {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) {
    return { chapter, mark: 'warn', text: 'It tells no Date, so its clock is unknown.' };
  }
  // It is told to the second, and was read some time between sending and receiving.
  const ahead = date - receivedAt;
  const behind = sentAt - (date + 999);
  const seconds = Math.max(0, Math.ceil(Math.max(ahead, behind) / 1000));
  if (seconds <= harmless) return { chapter, mark: 'ok', text: 'Its clock agrees with this one.' };
  return {
    chapter,
    mark: 'warn',
    text: `Its clock is ${describeTime(seconds)} ${ahead > behind ? 'ahead of' : 'behind'} this one.`,
    next: 'Signatures and keys that expire will seem wrong. Set one of the clocks.',
  };
};

const describeTime = (seconds: number): string => {
  if (seconds < 120) return `${String(seconds)} s`;
  if (seconds < 7_200) return `${String(Math.round(seconds / 60))} min`;
  return `${String(Math.round(seconds / 3_600))} h`;
};
