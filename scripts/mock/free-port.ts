import { createServer } from 'node:net';

/** A port can't be had; `code` is that of the system, such as EADDRINUSE. */
export class PortRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`port refused: ${code}`);
    this.code = code;
  }
}

/** The port itself if it can be listened on, or any free one for 0. */
export const claimPort = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new PortRefused(error.code ?? error.message));
    });
    server.listen(port, host, () => {
      const address = server.address();
      const claimed = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => {
        resolve(claimed);
      });
    });
  });
