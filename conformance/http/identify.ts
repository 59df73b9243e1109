import { connect as connectByHttp2 } from 'node:http2';
import type { LookupFunction } from 'node:net';
import { connect as connectByTls } from 'node:tls';
import { lookupBothFamilies } from './localhost.ts';

/** What a server speaks that doesn't understand HTTP/1.1 at its address. */
export type Protocol = 'http2' | 'tls';

/** Milliseconds that a server has to show what it speaks. */
const patience = 2_000;

/**
 * Finds out what a server speaks with which HTTP/1.1 failed: HTTP/2, or TLS behind an http URL. Nothing
 * is sent but greetings, and no certificate is checked.
 *
 * @returns undefined for neither
 */
export const identifyProtocol = async (url: string): Promise<Protocol | undefined> => {
  if (await speaksHttp2(url)) return 'http2';
  return url.startsWith('http:') && (await speaksTls(url)) ? 'tls' : undefined;
};

const common: { lookup: LookupFunction; autoSelectFamily: true; rejectUnauthorized: false } = {
  lookup: lookupBothFamilies,
  autoSelectFamily: true,
  rejectUnauthorized: false,
};

/** Whether a server sends the settings with which every HTTP/2 connection begins. */
const speaksHttp2 = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const session = connectByHttp2(new URL(url).origin, common);
    const end = (found: boolean): void => {
      clearTimeout(timer);
      resolve(found);
      session.destroy();
    };
    const timer = setTimeout(end, patience, false);
    session.once('remoteSettings', () => {
      end(true);
    });
    session.on('error', () => {
      end(false);
    });
    session.once('close', () => {
      end(false);
    });
  });

const speaksTls = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const host = hostname.replaceAll(/^\[|\]$/g, '');
    const socket = connectByTls({ ...common, host, port: Number(port || 80) });
    const end = (found: boolean): void => {
      clearTimeout(timer);
      resolve(found);
      socket.destroy();
    };
    const timer = setTimeout(end, patience, false);
    socket.once('secureConnect', () => {
      end(true);
    });
    socket.on('error', () => {
      end(false);
    });
    socket.once('close', () => {
      end(false);
    });
  });
