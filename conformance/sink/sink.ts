import type { Server } from 'node:http';
import type { Receiver } from './delivery.ts';
import { addressOf, listenOn, serve } from './server.ts';

/** How long is waited for events, in milliseconds. */
export interface Patience {
  /** For one that must come: so long after the last arrival, and not for ever. */
  readonly event: number;
  /** For one that must not: so long after everything that was caused before and after it came. */
  readonly silence: number;
}

/** Where webhook events arrive during a run. */
export interface Sink {
  /** Opens an endpoint. */
  readonly open: (receiver: Receiver) => SinkEndpoint;
  readonly patience: Patience;
  /** Whether its one endpoint was set up by a person, so that others may know its address. */
  readonly standing?: boolean;
  /** Resolves when nothing listens any more. */
  readonly close: () => Promise<void>;
}

export interface SinkEndpoint {
  /** What the target is told: an address of its own that nobody can guess. */
  readonly url: string;
  /** From now on senders are answered 404; the receiver is still given what they send. */
  readonly close: () => void;
}

export interface SinkOptions {
  /** Port 0 takes one that is free. */
  readonly listen: { readonly host: string; readonly port: number };
  /** How the target reaches it, where that is another address. */
  readonly publicUrl?: string;
  /**
   * Whether a person has set up the one endpoint that there is: then all that arrives, at whatever
   * path, is given to every receiver.
   */
  readonly standing?: boolean;
  readonly patience?: Patience;
  /** Gives a name that nobody can guess, such as a random UUID. */
  readonly newName: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Takes what is caused while no rule looks at events. */
const nobody: Receiver = { receive: () => undefined };

/** For targets on this machine, and those whose queues take their time. */
export const usualPatience: Patience = { event: 10_000, silence: 100 };

/**
 * Opens the one server of a run that receives events. It keeps nothing by itself: each delivery is
 * handed to the receivers of its endpoint, whole.
 *
 * @throws Breakdown when it can't listen there
 */
export const openSink = async (options: SinkOptions): Promise<Sink> => {
  const { standing = false, patience = usualPatience, newName, now } = options;
  const receivers = new Map<string, Receiver>();
  /** Those whose endpoints are closed; of a standing one the last, as all are given the same. */
  const closed = new Map<string, Receiver>();
  const server = serve({
    now,
    // A proxy on the way may have changed the front of the path, never its end.
    receiversAt: (path) => {
      if (standing) {
        const [present, past] = [[...receivers.values()], [...closed.values()]];
        // A sender whose events nobody takes may put off what follows, or end with this endpoint.
        return { receivers: present.length > 0 ? present : [nobody, ...past], isOpen: true };
      }
      const name = path.slice(path.lastIndexOf('/') + 1);
      const receiver = receivers.get(name) ?? closed.get(name);
      return { receivers: receiver ? [receiver] : [], isOpen: receivers.has(name) };
    },
  });
  await listenOn(server, options.listen);
  const base = options.publicUrl?.replace(/\/+$/, '') ?? addressOf(server);
  return {
    ...{ patience, standing },
    open: (receiver) => {
      const name = newName();
      receivers.set(name, receiver);
      const close = (): void => {
        if (!receivers.delete(name)) return;
        if (standing) closed.clear();
        closed.set(name, receiver);
      };
      return { url: standing ? base : `${base}/${name}`, close };
    },
    close: () => closeServer(server),
  };
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    // Senders that were left waiting would keep it open.
    server.closeAllConnections();
  });
