import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { TestServer } from './test-server.ts';

/** A received event. */
export interface Received {
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** The raw body. */
  readonly bytes: Buffer;
  readonly event: {
    readonly id: string;
    readonly type: string;
    readonly created_at: string;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** Responds to a webhook request; the default is 200. */
type Reaction = (response: ServerResponse, received: Received) => void;

/** A receiver of webhooks that records its requests. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Resolves with all received events once there are this many. */
  readonly until: (count: number) => Promise<readonly Received[]>;
  /** Responds to further requests. */
  react: Reaction;
}

const accept: Reaction = (response) => void response.writeHead(200).end();

/** A receiver for the tests of a file; it is reset after each test. */
export const useReceiver = (): Receiver => {
  const waiting = new Set<() => void>();
  const receiver = { received: [] as Received[], react: accept } as { url: string } & Receiver;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const bytes = Buffer.concat(chunks);
      const { method = '', url: path = '', headers } = request;
      const event = JSON.parse(bytes.toString()) as Received['event'];
      const received = { path, method, headers, bytes, event };
      receiver.received.push(received);
      for (const look of [...waiting]) look();
      receiver.react(response, received);
    });
  });
  const until: Receiver['until'] = (count) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (receiver.received.length < count) return;
        waiting.delete(look);
        resolve([...receiver.received]);
      };
      waiting.add(look);
      look();
    });
  Object.assign(receiver, { until });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    receiver.received.splice(0);
    receiver.react = accept;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return receiver;
};

/** Adds an endpoint to an organisation; returns its id and secret. */
export const addEndpoint = async (
  api: TestServer,
  organizationId: string,
  url: string,
): Promise<{ id: string; url: string; secret: string }> => {
  const path = `/organizations/${organizationId}/webhook-endpoints`;
  const reply = await api.control<{ id: string; url: string; secret: string }>('POST', path, {
    url,
  });
  return reply.body.data;
};
