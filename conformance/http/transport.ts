import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { createKeptConnections, Unanswered, Unsendable } from './kept-connections.ts';
import { lookupBothFamilies } from './localhost.ts';
import type { Flight, HttpRequest, HttpResponse, Send } from './message.ts';
import { sendPlainly } from './plain-client.ts';
import { isClosed } from './wire.ts';

/** How connections are made. */
export interface TransportOptions {
  /** Certificates of the authorities that are trusted in place of the usual ones, in PEM. */
  readonly ca?: string | undefined;
  /** Whether any certificate is accepted. */
  readonly insecure?: boolean | undefined;
  /** The agent for a URL that is behind a proxy; undefined for a direct way. */
  readonly proxyAgent?: ((url: string, reuse: boolean) => Agent | undefined) | undefined;
}

/**
 * Thrown when a connection that had been used before was closed under a write: the target may have
 * processed it or not.
 */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
}

/**
 * Creates the way to a target. Requests are sent and responses returned unchanged: no redirect is
 * followed, only compressed bodies are decoded, and interim responses (100, 103) are ignored.
 *
 * Connections are used again for reads, and for the writes that allow it. A server may close one
 * just then. A GET is sent once more over a connection of its own; a write might have been processed
 * already, and its loss is a `LostConnection`.
 */
export const createTransport = (options: TransportOptions = {}): Send => {
  const { ca, insecure, proxyAgent } = options;
  const tls = {
    ...(ca === undefined ? {} : { ca }),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
  const common = { lookup: lookupBothFamilies, autoSelectFamily: true, ...tls };
  const agents = { http: new Agent(common), https: new SecureAgent(common) };
  const sendKept = createKeptConnections(common);
  const sendFresh: Send = (request, flight) => {
    const own = agents[request.url.startsWith('https:') ? 'https' : 'http'];
    return sendPlainly(request, proxyAgent?.(request.url, false) ?? own, flight).response;
  };
  return async (request, flight) => {
    if (request.method !== 'GET' && request.reuse !== true) return sendFresh(request, flight);
    const proxy = proxyAgent?.(request.url, true);
    const send = proxy ? keptBy(proxy) : sendKept;
    try {
      return await send(request, flight);
    } catch (thrown) {
      if (thrown instanceof Unsendable) return sendFresh(request, flight);
      if (!(thrown instanceof Unanswered)) throw thrown;
      if (request.method === 'GET') return sendFresh(request, flight);
      throw new LostConnection('A kept connection was closed under a write.');
    }
  };
};

/** The way over the kept connections of a proxy's agent. */
const keptBy =
  (agent: Agent) =>
  async (request: HttpRequest, flight?: Flight): Promise<HttpResponse> => {
    const { sent, response } = sendPlainly(request, agent, flight);
    try {
      return await response;
    } catch (thrown) {
      if (!sent.reusedSocket || !isClosed(thrown)) throw thrown;
      throw new Unanswered((thrown as Error).message);
    }
  };
