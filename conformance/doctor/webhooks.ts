import { messageOf } from '../errors.ts';
import { explainNoAnswer } from '../http/timeout.ts';
import type { Surroundings } from '../http/transport.ts';
import type { RawDelivery, Sink } from '../webhooks/sink.ts';
import type { Finding } from './findings.ts';

const chapter = 'Webhooks';

export interface SinkCheck {
  /** Opens what receives events; undefined where none could arrive. */
  readonly openSink: () => Promise<Sink | undefined>;
  readonly fetch: Surroundings['fetch'];
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  /** What nobody else sends. */
  readonly nonce: string;
  /** Whether a person has made the endpoint, instead of the suite. */
  readonly standing: boolean;
}

/**
 * Sees whether what is sent to the address of the sink comes back to it. The suite sends it itself:
 * whether the target can do the same shows only when something happens there.
 */
export const checkSink = async (check: SinkCheck): Promise<Finding[]> => {
  let sink: Sink | undefined;
  try {
    sink = await check.openSink();
  } catch (thrown) {
    const next = 'Correct webhook.listen, or end what listens there.';
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
  const next = 'Correct webhook.publicUrl, or what forwards it to webhook.listen.';
  try {
    const request = new Request(url, { method: 'POST', body: nonce });
    const { status } = await fetch(request, AbortSignal.timeout(timeout));
    const back = received.some(({ body }) => new TextDecoder().decode(body) === nonce);
    if (back)
      return { chapter, mark: 'ok', text: `What is sent to ${originOf(url)} comes back here.` };
    const text = `What is sent to ${originOf(url)} is answered ${String(status)} by something else.`;
    return { chapter, mark: 'wrong', text, next };
  } catch (thrown) {
    const text = `What is sent to ${originOf(url)} doesn't arrive: ${explainNoAnswer(thrown)}.`;
    return { chapter, mark: 'wrong', text, next };
  }
};

const hint = ({ standing }: SinkCheck): Finding[] => [
  {
    chapter,
    mark: 'ok',
    text: standing
      ? 'Whether the target reaches it too shows when a dossier changes: see its deliveries.'
      : 'Whether the target reaches it too shows in a run, which makes endpoints there.',
  },
];

/** The rest of the address is nobody's business. */
const originOf = (url: string): string => new URL(url).origin;
