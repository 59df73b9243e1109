import {
  type Agent,
  type ClientRequest,
  type IncomingMessage,
  request as requestByHttp,
  type RequestOptions,
} from 'node:http';
import { request as requestByHttps } from 'node:https';
import { type Flight, type HttpRequest, type HttpResponse, mostBytes } from './message.ts';
import { closedError, headersOf, ignoreFailedWrites, toOversized, toResponse } from './wire.ts';

/**
 * Sends a request by Node's own client, which reads whatever a server may lawfully send: interim
 * responses (100, 103) are ignored, an unrequested switch of protocols is a response without a body.
 *
 * @returns what was sent, and its response
 */
export const sendPlainly = (
  request: HttpRequest,
  agent: Agent,
  flight: Flight | undefined,
): { readonly sent: ClientRequest; readonly response: Promise<HttpResponse> } => {
  const { method, url, body } = request;
  const send = url.startsWith('https:') ? requestByHttps : requestByHttp;
  const sent = send({ ...addressOf(url), method, headers: headersOf(request), agent });
  return { sent, response: exchange(sent, body, flight) };
};

/** The address in the form that Node takes; parsing it as a URL again would cost more. */
const addressOf = (url: string): RequestOptions => {
  const start = url.indexOf('//') + 2;
  const end = url.indexOf('/', start);
  const { hostname, port, protocol, search } = originOf(end < 0 ? url : url.slice(0, end));
  const path = end < 0 ? `/${search}` : url.slice(end).replace(/#.*$/s, '');
  return { protocol, hostname, ...(port === '' ? {} : { port }), path };
};

const originOf = (origin: string): Pick<URL, 'hostname' | 'port' | 'protocol' | 'search'> => {
  const { hostname, port, protocol, search } = new URL(origin);
  // Node takes an IPv6 address without its brackets.
  return { hostname: hostname.replace(/^\[(.*)\]$/, '$1'), port, protocol, search };
};

const exchange = (
  sent: ClientRequest,
  body: Uint8Array | undefined,
  flight: Flight | undefined,
): Promise<HttpResponse> =>
  new Promise((resolve, reject) => {
    let answered = false;
    if (flight) {
      flight.cancel = () => {
        sent.destroy(new Error('The request was aborted.'));
      };
    }
    sent.once('socket', ignoreFailedWrites);
    // After the response has begun, its own stream reports errors.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.once('response', (answer) => {
      answered = true;
      readBody(answer, (response) => {
        resolve(response);
        // A server that has responded need not read the rest of the request.
        if (!sent.writableFinished || response.oversized) sent.destroy();
      }).catch(reject);
    });
    // An unrequested switch of protocols counts as a response without a body.
    sent.once('upgrade', (answer, socket) => {
      answered = true;
      socket.destroy();
      resolve(toResponse(statusOf(answer), answer.rawHeaders, []));
    });
    sent.end(body);
  });

const statusOf = ({ statusCode = 0 }: IncomingMessage): number => statusCode;

const readBody = (answer: IncomingMessage, done: (response: HttpResponse) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (response: HttpResponse): void => {
      done(response);
      resolve();
    };
    answer.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= mostBytes) return;
      answer.removeAllListeners('data');
      end(toOversized(statusOf(answer), answer.rawHeaders, chunks));
    });
    answer.once('end', () => {
      end(toResponse(statusOf(answer), answer.rawHeaders, chunks));
    });
    answer.once('error', reject);
    answer.once('close', () => {
      reject(closedError('The response was cut off.'));
    });
  });
