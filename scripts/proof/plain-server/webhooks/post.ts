import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Installation } from '../installation.ts';

/** A request to a receiver. */
export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a letter; gives the status of the answer, or null when there was none in time. */
export type Post = (letter: Letter) => Promise<number | null>;

/** Milliseconds that a receiver has (LG-WEB-038). */
const times = { usual: 10_000, other: 4_000, whileOthersWait: 2_000 } as const;
/** So many redirections are followed, where they are (LG-WEB-037). */
const farthest = 3;

export const createPost = ({ freedoms, takes }: Installation): Post => {
  const chunked = freedoms.deliveries?.chunked ?? false;
  const decided = takes('LG-WEB-038', 1) ? times.other : times.usual;
  const timeout = takes('LG-WEB-036', 1) ? times.whileOthersWait : decided;
  const follows = takes('LG-WEB-037', 2);
  return async (letter) => {
    let { url } = letter;
    for (let hop = 0; ; hop += 1) {
      const answer = await exchange({ ...letter, url }, { chunked, timeout });
      const { status, location } = answer;
      const leads = status !== null && status >= 300 && status < 400 && location !== undefined;
      if (!follows || !leads || hop === farthest) return status;
      url = new URL(location, url).href;
    }
  };
};

interface Exchanged {
  readonly status: number | null;
  readonly location?: string | undefined;
}

const exchange = (
  { url, headers, body }: Letter,
  { chunked, timeout }: { chunked: boolean; timeout: number },
): Promise<Exchanged> =>
  new Promise((resolve) => {
    const bytes = Buffer.from(body);
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const length = chunked ? {} : { 'content-length': String(bytes.length) };
    const signal = AbortSignal.timeout(timeout);
    const request = send(url, { method: 'POST', headers: { ...headers, ...length }, signal });
    request.on('response', (response) => {
      response.resume();
      const { statusCode = null, headers: told } = response;
      response.on('error', () => undefined);
      resolve({ status: statusCode, location: told.location });
    });
    request.on('error', () => {
      resolve({ status: null });
    });
    if (chunked) request.write(bytes.subarray(0, bytes.length / 2));
    request.end(chunked ? bytes.subarray(bytes.length / 2) : bytes);
  });
