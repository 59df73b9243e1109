import { connect as connectByHttp2 } from 'node:http2';
import { connect as connectByTcp, type LookupFunction } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import { lookupBothFamilies } from './localhost.ts';

/** What a server speaks that doesn't understand HTTP/1.1 at its address. */
export type Protocol = 'http2' | 'tls' | 'plain';

/** Milliseconds that a server has to show what it speaks. */
const patience = 2_000;

/**
 * Finds out what a server speaks with which HTTP/1.1 failed: HTTP/2, TLS behind an http URL, or plain HTTP
 * behind an https URL. Nothing is sent but greetings, and no certificate is checked.
 *
 * @returns undefined for none of them
 */
export const identifyProtocol = async (url: string): Promise<Protocol | undefined> => {
  const [http2, other] = await Promise.all([
    speaksHttp2(url),
    url.startsWith('http:') ? speaksTls(url) : speaksPlainHttp(url),
  ]);
  if (http2) return 'http2';
  if (!other) return undefined;
  return url.startsWith('http:') ? 'tls' : 'plain';
};

const common: { lookup: LookupFunction; autoSelectFamily: true; rejectUnauthorized: false } = {
  lookup: lookupBothFamilies,
  autoSelectFamily: true,
  rejectUnauthorized: false,
};

/** Whether a server sends the settings with which every HTTP/2 connection begins. */
const speaksHttp2 = (url: string): Promise<boolean> => {
  const session = connectByHttp2(new URL(url).origin, common);
  return shows(session, (end) => {
    session.once('remoteSettings', () => {
      end(true);
    });
  });
};

const speaksTls = (url: string): Promise<boolean> => {
  const socket = connectByTls({ ...common, ...addressOf(url) });
  return shows(socket, (end) => {
    socket.once('secureConnect', () => {
      end(true);
    });
  });
};

const speaksPlainHttp = (url: string): Promise<boolean> => {
  const socket = connectByTcp({ ...common, ...addressOf(url) });
  return shows(socket, (end) => {
    socket.once('connect', () => socket.write('HEAD / HTTP/1.0\r\n\r\n'));
    socket.once('data', (bytes) => {
      end(bytes.toString('latin1').startsWith('HTTP/'));
    });
  });
};

const addressOf = (url: string): { readonly host: string; readonly port: number } => {
  const { hostname, port, protocol } = new URL(url);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replaceAll(/^\[|\]$/g, ''), port: Number(port || usual) };
};

/** Waits until a connection shows something, fails, or shows nothing for too long. */
const shows = (
  connection: NodeJS.EventEmitter & { readonly destroy: () => unknown },
  watch: (end: (found: boolean) => void) => void,
): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (found: boolean): void => {
      clearTimeout(timer);
      resolve(found);
      connection.destroy();
    };
    const timer = setTimeout(end, patience, false);
    for (const event of ['error', 'close']) {
      connection.on(event, () => {
        end(false);
      });
    }
    watch(end);
  });
