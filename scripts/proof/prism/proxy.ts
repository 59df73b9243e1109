import type { Fault } from '../../../conformance/faults/inject.ts';
import { bundlePath } from '../../cli/command.ts';
import { claimPort, startPrism } from '../../mock/prism.ts';

/** Prism's validation proxy, running. */
export interface PrismProxy {
  readonly url: string;
  /** Whether its process is gone. */
  readonly gone: () => boolean;
  readonly close: () => Promise<void>;
}

const host = '127.0.0.1';

/**
 * Has Prism hold what goes to a server, and comes from it, against the bundle.
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

/** What went through Prism. */
export interface Traffic {
  /** How many answers were held against the bundle. */
  answers: number;
  /** How many requests went past Prism, as it can't pass them on as they are. */
  past: number;
  readonly operations: Set<string>;
  readonly violations: Violation[];
}

/**
 * Leads the requests for the contract's operations through Prism, and keeps what it says of the
 * answers.
 *
 * Prism answers itself where the path is none of the bundle's and where a body is large or isn't
 * what it claims to be; those requests go past it.
 */
export const throughPrism =
  (upstream: string, proxyUrl: string, traffic: Traffic): Fault =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    const bytes = await request.clone().arrayBuffer();
    if (operation === undefined || !isReadable(request.url) || !isForwardable(request, bytes)) {
      traffic.past += 1;
      return fetch(request);
    }
    const url = proxyUrl + request.url.slice(upstream.length);
    const { method, headers, signal } = request;
    const body = bytes.byteLength > 0 ? { body: bytes } : {};
    const response = await fetch(
      new Request(url, { method, headers, signal, redirect: 'manual', ...body }),
    );
    traffic.answers += 1;
    traffic.operations.add(operation);
    traffic.violations.push(...readViolations(`${operation} ${response.status}`, response));
    return response;
  };

/** Prism ends with a path whose escapes mean nothing. */
const isReadable = (url: string): boolean => {
  try {
    decodeURIComponent(new URL(url).pathname);
    return true;
  } catch {
    return false;
  }
};

/** Prism reads bodies of more than this otherwise than they are, in bytes. */
const largestBody = 100_000;

const isForwardable = ({ headers }: Request, bytes: ArrayBuffer): boolean => {
  if (bytes.byteLength === 0) return true;
  if (bytes.byteLength > largestBody) return false;
  const type = headers.get('content-type') ?? '';
  // It answers other encodings than UTF-8 itself.
  if (/charset=(?!"?utf-?8)/i.test(type)) return false;
  if (type.startsWith('multipart/form-data')) return isForm(bytes, type);
  return type.startsWith('application/json') ? isObject(bytes) : type === 'application/pdf';
};

/** Prism ends with a form that doesn't end as it should, and with a file that has no media type. */
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

/** What Prism found wrong with an answer. */
interface Violation {
  /** The operation and status that it was found at. */
  readonly where: string;
  /** The part of the answer, such as `body.data.id`. */
  readonly place: string;
  readonly message: string;
}

interface Finding {
  readonly location: readonly [string, ...(string | number)[]];
  readonly message: string;
}

/** Prism tells in this header what it found wrong with request and answer. */
const header = 'sl-violations';

/** Prism's own answers are of this type, in place of one that it couldn't make out. */
const ownType = 'application/problem+json';

/** The violations of an answer; those of the request are meant, as often as not. */
export const readViolations = (where: string, { headers }: Response): Violation[] => {
  const told = headers.get(header);
  if (told === null && headers.get('content-type')?.startsWith(ownType)) {
    return [{ where, place: '', message: 'Prism could not make out the answer.' }];
  }
  const findings = JSON.parse(told ?? '[]') as Finding[];
  return findings
    .filter(({ location: [side] }) => side === 'response')
    .map(({ location: [, ...place], message }) => ({ where, place: place.join('.'), message }));
};
