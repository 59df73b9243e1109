import { messageOf } from '../errors.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Fetch } from '../http/web-classes.ts';
import type { RawDelivery, Sink } from '../webhooks/sink.ts';
import type { Finding } from './findings.ts';

const chapter = 'Webhooks';

export interface SinkCheck {
  /** Opens the sink for events; undefined where no events can arrive. */
  readonly openSink: () => Promise<Sink | undefined>;
  readonly fetch: Fetch;
  /** Milliseconds that a response may take. */
  readonly timeout: number;
  /** A body that nobody else sends. */
  readonly nonce: string;
  /** Whether the user created the endpoint, instead of the suite. */
  readonly standing: boolean;
}

/**
 * Checks whether a request to the public address of the sink arrives at the sink. The suite sends it;
 * whether one of the target arrives shows only in a run.
 */
export const checkSink = async (check: SinkCheck): Promise<Finding[]> => {
  let sink: Sink | undefined;
  try {
    sink = await check.openSink();
  } catch (thrown) {
    const next = 'Change webhook.listen, or stop the program that listens there.';
    return [{ chapter, mark: 'wrong', text: messageOf(thrown), next }];
  }
  if (sink === undefined) return [];
  try {
    return [await sendNonce(sink, check), ...hint(check)];
  } finally {
    await sink.close();
  }
};

const sendNonce = async (sink: Sink, check: SinkCheck): Promise<Finding> => {
  const { fetch, timeout, nonce } = check;
  const received: RawDelivery[] = [];
  const { url } = sink.open({ receive: (delivery) => received.push(delivery) });
  const next = 'Check webhook.publicUrl, and the tunnel that forwards it to webhook.listen.';
  try {
    const request = new Request(url, { method: 'POST', body: nonce });
    const { status } = await fetch(request, AbortSignal.timeout(timeout));
    const arrived = received.some(({ body }) => new TextDecoder().decode(body) === nonce);
    if (arrived)
      return { chapter, mark: 'ok', text: `A request to ${originOf(url)} arrives here.` };
    const text = `A request to ${originOf(url)} gets ${String(status)} from something else.`;
    return { chapter, mark: 'wrong', text, next };
  } catch (thrown) {
    const text = `A request to ${originOf(url)} doesn't arrive: ${explainNoAnswer(thrown)}.`;
    return { chapter, mark: 'wrong', text, next };
  }
};

const hint = ({ standing }: SinkCheck): Finding[] => [
  {
    chapter,
    mark: 'ok',
    text: standing
      ? 'To see whether the target reaches this address too, change a dossier and look at its deliveries.'
      : 'Whether the target reaches this address too shows in a run, which creates endpoints there.',
  },
];

/** The origin alone, as the rest of the address may be a secret. */
const originOf = (url: string): string => new URL(url).origin;
