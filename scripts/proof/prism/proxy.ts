import type { Fault } from '../../../conformance/faults/inject.ts';
import { bundlePath } from '../../cli/command.ts';
import { claimPort, startPrism } from '../../mock/prism.ts';

/** A running Prism validation proxy. */
export interface PrismProxy {
  readonly url: string;
  /** Whether its process has ended. */
  readonly gone: () => boolean;
  readonly close: () => Promise<void>;
}

const host = '127.0.0.1';

/**
 * Starts Prism as a proxy that validates requests and responses of a server against the bundle.
 *
 * @param upstream - the base URL of the server
 * @throws PrismFailed if Prism doesn't start
 */
export const openPrism = async (upstream: string): Promise<PrismProxy> => {
  const port = await claimPort(host, 0);
  const prism = await startPrism(bundlePath, { host, port, upstream }, () => undefined);
  let gone = false;
  const ended = prism.ended.then(() => {
    gone = true;
  });
  return {
    url: `http://${host}:${port}`,
    gone: () => gone,
    close: async () => {
      prism.stop();
      await ended;
    },
  };
};

/** The traffic through Prism. */
export interface Traffic {
  /** How many responses were validated. */
  responses: number;
  /** How many requests were sent without Prism, as it can't forward them unchanged. */
  bypassed: number;
  readonly operations: Set<string>;
  readonly violations: Violation[];
}

/**
 * Sends the requests for the contract's operations through Prism, and collects the violations in the
 * responses.
 *
 * Prism responds itself to unknown paths and to large or malformed bodies; those requests bypass it.
 */
export const throughPrism =
  (upstream: string, proxyUrl: string, traffic: Traffic): Fault =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    const bytes = await request.clone().arrayBuffer();
    if (operation === undefined || !isReadable(request.url) || !isForwardable(request, bytes)) {
      traffic.bypassed += 1;
      return fetch(request);
    }
    const url = proxyUrl + request.url.slice(upstream.length);
    const { method, headers, signal } = request;
    const body = bytes.byteLength > 0 ? { body: bytes } : {};
    const response = await fetch(
      new Request(url, { method, headers, signal, redirect: 'manual', ...body }),
    );
    traffic.responses += 1;
    traffic.operations.add(operation);
    traffic.violations.push(...readViolations(`${operation} ${response.status}`, response));
    return response;
  };

/** Prism exits on a path with invalid escapes. */
const isReadable = (url: string): boolean => {
  try {
    decodeURIComponent(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
};

/** Prism changes larger bodies, in bytes. */
const largestBody = 100_000;

const isForwardable = ({ headers }: Request, bytes: ArrayBuffer): boolean => {
  if (bytes.byteLength === 0) return true;
  if (bytes.byteLength > largestBody) return false;
  const type = headers.get('content-type') ?? '';
  // Prism responds itself to other encodings than UTF-8.
  if (/charset=(?!"?utf-?8)/i.test(type)) return false;
  if (type.startsWith('multipart/form-data')) return isForm(bytes, type);
  return type.startsWith('application/json') ? isObject(bytes) : type === 'application/pdf';
};

/** Prism exits on a form without its end, and on a file without a media type. */
const isForm = (bytes: ArrayBuffer, type: string): boolean => {
  const boundary = /boundary=([^;]+)/.exec(type)?.[1];
  const text = Buffer.from(bytes).toString('latin1');
  if (boundary === undefined || !text.trimEnd().endsWith(`--${boundary}--`)) return false;
  const heads = text.split(`--${boundary}`).map((part) => part.split('\r\n\r\n')[0] ?? '');
  return heads.every((head) => !/filename/i.test(head) || /^content-type:/im.test(head));
};

const isObject = (bytes: ArrayBuffer): boolean => {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
};

/** An error that Prism found in a response. */
interface Violation {
  /** The operation and status. */
  readonly where: string;
  /** The part of the response, such as `body.data.id`. */
  readonly location: string;
  readonly message: string;
}

interface Finding {
  readonly location: readonly [string, ...(string | number)[]];
  readonly message: string;
}

/** The header with Prism's findings about request and response. */
const header = 'sl-violations';

/** The type of Prism's own responses, in place of one that it couldn't parse. */
const ownType = 'application/problem+json';

/** The violations in a response; those in requests are often intended. */
export const readViolations = (where: string, { headers }: Response): Violation[] => {
  const value = headers.get(header);
  if (value === null && headers.get('content-type')?.startsWith(ownType)) {
    return [{ where, location: '', message: 'Prism could not parse the response.' }];
  }
  const findings = JSON.parse(value ?? '[]') as Finding[];
  return findings
    .filter(({ location: [side] }) => side === 'response')
    .map(({ location: [, ...path], message }) => ({ where, location: path.join('.'), message }));
};
