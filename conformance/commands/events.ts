import { randomUUID } from 'node:crypto';
import { openSink, usualPatience, type Sink } from '../sink/sink.ts';
import type { Target } from '../targets/target.ts';
import type { Surroundings } from '../world/fetch.ts';

/**
 * Opens what receives the events of a target, if they can arrive there: from this machine, at an
 * address that the user gave, or at the endpoint that a person has made.
 *
 * @throws Breakdown when it can't listen where it was told to
 */
export const openSinkFor = async (
  target: Pick<Target, 'url' | 'offers' | 'webhook'>,
  { now }: Pick<Surroundings, 'now'>,
): Promise<Sink | undefined> => {
  if (!target.offers.has('webhooks') || !canArrive(target)) return undefined;
  const { listen, publicUrl, secret, patience } = target.webhook;
  return openSink({
    ...{ listen, newName: randomUUID, now },
    ...(publicUrl !== undefined && { publicUrl }),
    ...(patience !== undefined && { patience: { ...usualPatience, event: patience } }),
    ...(secret !== undefined && !target.offers.has('own-endpoints') && { standing: true }),
  });
};

/** Whether the target can reach an address that is told to it. */
export const canArrive = ({ url, webhook }: Pick<Target, 'url' | 'webhook'>): boolean =>
  webhook.publicUrl !== undefined || webhook.secret !== undefined || isOnThisMachine(url);

const isOnThisMachine = (url: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
