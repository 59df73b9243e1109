import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createSecureServer, createServer as createHttp2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';

/** A server of a test, at the base URL of an API. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly close: () => Promise<void>;
}

export const listen = async (
  server: Server,
  { scheme = 'http', host = '127.0.0.1', path = '/api/v1' } = {},
): Promise<TestServer> => {
  const sockets = new Set<{ destroy: () => void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${scheme}://${name}:${String(port)}${path}`,
    port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

export const key = 'lg_live_of_the_sick_servers';

/** Answers reads like a target: a list for the key, otherwise a refusal. */
export const answerAsTarget: RequestListener = (request, response) => {
  response.setHeader('content-type', 'application/json');
  response.statusCode = request.headers.authorization === `Bearer ${key}` ? 200 : 401;
  const flows = ['candidate', 'sales'].map((type) => ({ id: type, type, is_default: true }));
  const data = request.url?.includes('/flows') ? flows : [];
  const meta = { page: 1, per_page: 50, total: data.length };
  const error = { code: 'unauthorized', message: 'No.' };
  response.end(JSON.stringify(response.statusCode === 200 ? { data, meta } : { error }));
};

export const serve = (answer: RequestListener, host?: string): Promise<TestServer> =>
  listen(createServer(answer), host === undefined ? {} : { host });

/** A server that answers reads like a target. */
export const serveTarget = (): Promise<TestServer> => serve(answerAsTarget);

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

/** A certificate for `localhost` and `target.test` that nobody trusts, and its key, for tests alone. */
export const certificate = { key: read('certificate-key.pem'), cert: read('certificate.pem') };

/** Targets that make every rule meaningless, by what is wrong with them. */
export const sickServers = {
  html: () =>
    serve((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<!DOCTYPE html><html><body>Welcome</body></html>');
    }),
  'plain text': () =>
    serve((_, response) => {
      response.end('It works!');
    }),
  'an empty body': () =>
    serve((_, response) => {
      response.end();
    }),
  'a redirect': () =>
    serve((request, response) => {
      const location = `https://target.test/v1${(request.url ?? '').replace('/api/v1', '')}`;
      response.writeHead(308, { location }).end();
    }),
  'a redirect to a login': () =>
    serve((_, response) => {
      response.writeHead(302, { location: '/login' }).end();
    }),
  'a refused key': () =>
    serve((_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"unauthorized","message":"No."}}');
    }),
  'a gateway that wants its own key': () =>
    serve((_, response) => {
      response.writeHead(401, { 'content-type': 'text/html' }).end('<html>Unauthorized</html>');
    }),
  'a key without scopes': () =>
    serve((request, response) => {
      const status = request.headers.authorization ? 403 : 401;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"forbidden","message":"No."}}');
    }),
  'a plan without API access': () =>
    serve((request, response) => {
      const status = request.headers.authorization ? 402 : 401;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"payment_required","message":"No."}}');
    }),
  'no path at all': () =>
    serve((_, response) => {
      response.writeHead(404).end('{"error":{"code":"not_found","message":"No."}}');
    }),
  'only failures': () =>
    serve((_, response) => {
      response.writeHead(500).end('{"error":{"code":"internal_error","message":"Oops."}}');
    }),
  'a gateway without its server': () =>
    serve((_, response) => {
      response.writeHead(502).end('<html>Bad Gateway</html>');
    }),
  'a different error at every path': () =>
    serve((request, response) => {
      response.writeHead(request.url?.includes('/flows') ? 500 : 404).end('{}');
    }),
  'only HTTP/2': () => listen(createHttp2Server((_, response) => void response.end('{}'))),
  'only HTTP/2 by TLS': () =>
    listen(
      createSecureServer({ ...certificate, allowHTTP1: false }, (_, response) => {
        response.end('{}');
      }),
      { scheme: 'https' },
    ),
  'TLS at an http URL': () => listen(createHttpsServer(certificate, answerAsTarget)),
  'http at an https URL': async () => {
    const server = await serveTarget();
    return { ...server, url: server.url.replace('http:', 'https:') };
  },
  'a certificate that nobody knows': () =>
    listen(createHttpsServer(certificate, answerAsTarget), { scheme: 'https' }),
  'a closed connection': () => listen(createTcpServer((socket) => void socket.destroy())),
  'something else than HTTP': () =>
    listen(createTcpServer((socket) => void socket.end('220 mail.test ESMTP ready\r\n'))),
  'no response': () => listen(createTcpServer(() => undefined)),
} as const satisfies Readonly<Record<string, () => Promise<TestServer>>>;
