import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Freedoms } from './freedoms.ts';

/** Lets connections live as long as the server wants them to. */
export const keepConnections = (server: Server, freedoms: Freedoms): void => {
  const { keepAlive, requestsPerConnection } = freedoms;
  if (requestsPerConnection !== undefined) server.maxRequestsPerSocket = requestsPerConnection;
  if (typeof keepAlive !== 'number') return;
  // Idle connections end without a word beforehand.
  server.keepAliveTimeout = 0;
  const timers = new WeakMap<Socket, NodeJS.Timeout>();
  server.on('request', ({ socket }, response) => {
    clearTimeout(timers.get(socket));
    response.on('finish', () => {
      clearTimeout(timers.get(socket));
      const end = setTimeout(() => socket.end(), keepAlive);
      timers.set(socket, end.unref());
    });
  });
};
