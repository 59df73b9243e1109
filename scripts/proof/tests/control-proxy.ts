import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An organisation as created by the control API. */
export interface MadeOrganization {
  readonly id: string;
  readonly members: readonly { readonly id: string }[];
}

export interface ControlProxy {
  readonly url: string;
  /** All organisations that were created through it. */
  readonly organizations: readonly MadeOrganization[];
  readonly close: () => Promise<void>;
}

/** Forwards requests to a control API, except the deletion of organisations. */
export const openControlProxy = async (controlUrl: string): Promise<ControlProxy> => {
  const { origin, pathname } = new URL(controlUrl);
  const organizations: MadeOrganization[] = [];
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    if (method === 'DELETE') {
      response.writeHead(204).end();
      return;
    }
    const type = headers['content-type'];
    const answer = await fetch(origin + url, {
      method,
      ...(type !== undefined && { headers: { 'Content-Type': type } }),
      ...(body.length > 0 && { body }),
    });
    const text = await answer.text();
    if (method === 'POST' && url === `${pathname}/organizations`) {
      organizations.push((JSON.parse(text) as { data: MadeOrganization }).data);
    }
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(text);
  };
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${pathname}`,
    organizations,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
