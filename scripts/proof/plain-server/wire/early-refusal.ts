import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EarlyRefusal } from '../freedoms.ts';
import type { Installation } from '../installation.ts';
import { usualLimit } from '../state/organizations.ts';
import { tooLarge } from './too-large.ts';

/** How long a connection lingers that its client isn't done with, in milliseconds. */
const patience = 2_000;

/** How long after its answer a connection is closed, in milliseconds, where that isn't at once. */
const shortly = 5;

/** Refuses a body at the sight of its length, where the server does so; tells whether it did. */
export const refuseEarly = (
  installation: Installation,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const { earlyRefusal } = installation.freedoms;
  const length = Number(request.headers['content-length'] ?? 0);
  if (!earlyRefusal || length <= earlyRefusal.above) return false;
  const { status, code, message } = tooLarge(installation, 'LG-CV-020');
  const body = JSON.stringify({ error: { code, message } });
  const limit = String(usualLimit(installation).requests);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...{ connection: 'close', 'x-ratelimit-limit': limit, 'x-ratelimit-remaining': limit },
  });
  response.end(body);
  leave(request, response, earlyRefusal.connection);
  return true;
};

const leave = (
  request: IncomingMessage,
  response: ServerResponse,
  how: EarlyRefusal['connection'],
): void => {
  const { socket } = request;
  switch (how) {
    case 'destroyed':
      response.on('finish', () => socket.destroy());
      return;
    case 'destroyed-late':
      // The client is still writing then, and part of its body was never read.
      request.pause();
      response.on('finish', () => setTimeout(() => socket.destroy(), shortly));
      return;
    case 'lingers':
      request.resume();
      setTimeout(() => socket.destroy(), patience).unref();
      return;
    case 'half-closed':
      request.pause();
      response.on('finish', () => socket.end());
      return;
    case 'left-to-node':
      return;
  }
};
