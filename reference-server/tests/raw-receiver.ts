import { createServer, type Server, type Socket } from 'node:net';
import { afterEach } from 'vitest';

/** A TCP server that handles each connection as the test says. */
export interface RawReceiver {
  readonly host: string;
  /** The connections that the other side has not ended or destroyed. */
  readonly open: () => number;
}

type OpenRaw = (
  onConnection: (socket: Socket, request: () => string) => void,
  port?: number,
) => Promise<RawReceiver>;

/** Opens receivers on loopback, and closes them after the test. */
export const useRawReceivers = (): OpenRaw => {
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(
      [...servers].map((server) => new Promise((resolve) => server.close(resolve))),
    );
    sockets.clear();
    servers.clear();
  });
  return async (onConnection, port = 0) => {
    const open = new Set<Socket>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      let text = '';
      sockets.add(socket);
      socket.on('error', () => undefined);
      open.add(socket);
      for (const over of ['end', 'close']) socket.on(over, () => open.delete(socket));
      socket.on('data', (chunk) => (text += chunk.toString('latin1')));
      onConnection(socket, () => text);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    servers.add(server);
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('No port.');
    return {
      host: `127.0.0.1:${address.port}`,
      open: () => open.size,
    };
  };
};
