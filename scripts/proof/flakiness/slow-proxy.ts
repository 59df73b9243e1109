import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A way to a server on which everything takes longer. */
export interface SlowProxy {
  /** The port of this machine that leads there. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

export interface SlowProxyOptions {
  /** The port that it leads to. */
  readonly to: number;
  /** How long what is sent is on its way, there and back together, in milliseconds. */
  readonly latency: number;
  /** By how much that varies at most, in milliseconds. */
  readonly jitter: number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** Opens a slow way to a port of this machine: bytes arrive late, whole and in their order. */
export const openSlowProxy = async (options: SlowProxyOptions): Promise<SlowProxy> => {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ port: options.to, host, allowHalfOpen: true });
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.once('error', () => {
        near.destroy();
        far.destroy();
      });
    }
    forward(near, far, () => 0);
    forward(far, near, () => options.latency + (options.random() * 2 - 1) * options.jitter);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const host = '127.0.0.1';

/** Passes on what comes, each piece so many milliseconds late but never before an earlier one. */
const forward = (from: Socket, to: Socket, delay: () => number): void => {
  // One after the other: timers of their own would overtake one another.
  let before = Promise.resolve();
  const late = (act: () => void): void => {
    const due = performance.now() + delay();
    before = before.then(() => sleep(Math.max(0, due - performance.now()))).then(act);
  };
  from.on('data', (bytes) => {
    late(() => void to.write(bytes));
  });
  from.once('end', () => {
    late(() => void to.end());
  });
};
