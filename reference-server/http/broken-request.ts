import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { answerRefusal, type Answer } from './answer.ts';
import type { ErrorTable } from './error-table.ts';
import { invalid, Refusal } from './refusal.ts';

/**
 * Answers what never becomes a request, because it isn't HTTP or asks for a tunnel, with the error
 * body that all refusals have.
 */
export const answerBrokenRequests = (server: Server, errors: ErrorTable): void => {
  const say = (socket: Duplex, refusal: Refusal): void => {
    if (!socket.writable) return;
    socket.end(print(answerRefusal(errors, refusal)));
  };
  server.on('clientError', (error, socket) => {
    say(socket, invalid(`The request is not valid HTTP: ${error.message}.`));
  });
  server.on('connect', (_request, socket) => {
    say(socket, new Refusal('not_found', 'This server makes no tunnels.'));
  });
};

/** An answer as it goes over the wire, after which the connection is closed. */
const print = ({ status, headers, body = '' }: Answer): string => {
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const start = ['HTTP/1.1', status, STATUS_CODES[status]].join(' ');
  const head = [start, ...lines].join('\r\n');
  return `${head}\r\n\r\n${body}`;
};
