import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createSecureServer } from 'node:tls';
import { repositoryRoot } from '../cli/command.ts';
import { openSlowProxy } from '../proof/flakiness/slow-proxy.ts';
import { startLeadGrid } from './servers.ts';

/** A running server, and what the suite needs to reach it in some way. */
export interface Way {
  /** The options of the suite's command. */
  readonly flags: readonly string[];
  readonly close: () => Promise<void>;
}

/** A server whose answers take 100 ms longer. */
export const openSlowWay = async (): Promise<Way> => {
  const server = await startLeadGrid();
  const [, url = '', control = ''] = server.announced;
  const proxy = await openSlowProxy({
    ...{ to: Number(new URL(url).port), latency: 100, jitter: 0 },
    random: () => 0.5,
  });
  return {
    flags: ['--target', withPort(url, proxy.port), '--control', control],
    close: async () => {
      await proxy.close();
      await server.stop();
    },
  };
};

const certificate = (name: string): Buffer =>
  readFileSync(join(repositoryRoot, 'conformance', 'tests', `${name}.pem`));

/** A server behind TLS, with a certificate that nobody signed. */
export const openSecureWay = async (): Promise<Way> => {
  const server = await startLeadGrid();
  const [, url = '', control = ''] = server.announced;
  const to = Number(new URL(url).port);
  const sockets = new Set<Socket>();
  const identity = { cert: certificate('certificate'), key: certificate('certificate-key') };
  const front: Server = createSecureServer(identity, (near) => {
    const far = connect({ port: to, host });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
      socket.once('error', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => front.listen(0, host, resolve));
  const secure = withPort(url, (front.address() as AddressInfo).port).replace('http:', 'https:');
  return {
    flags: ['--target', secure, '--control', control, '--insecure'],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => front.close(resolve));
      await server.stop();
    },
  };
};

const host = '127.0.0.1';

const withPort = (url: string, port: number): string => {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
};
