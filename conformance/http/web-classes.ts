import type { Flight, HttpRequest, HttpResponse, Send } from './message.ts';

/**
 * Sends requests by the classes of the web: for faults, which change bodies and forms with ease, and
 * for the few requests outside the rules. The rules use plain data, which is several times faster.
 */
export type Fetch = (request: Request, signal?: AbortSignal) => Promise<Response>;

/** The same way to the target, for callers that have a `Request`. */
export const asFetch =
  (send: Send): Fetch =>
  async (request, signal) => {
    const flight: Flight = {};
    const abort = (): void => flight.cancel?.();
    const plain = await fromRequest(request);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return toResponse(await send(plain, flight));
    } catch (thrown) {
      if (signal?.aborted) throw signal.reason;
      throw thrown;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  };

/** The same way to the target, for callers that have plain data. */
export const asSend =
  (fetch: Fetch): Send =>
  async (request) =>
    fromResponse(await fetch(toRequest(request)));

const fromRequest = async (request: Request): Promise<HttpRequest> => {
  const { method, url } = request;
  const headers = Object.fromEntries(request.headers);
  if (request.body === null) return { method, url, headers };
  return { method, url, headers, body: new Uint8Array(await request.arrayBuffer()) };
};

const toRequest = ({ method, url, headers, body }: HttpRequest): Request =>
  new Request(url, {
    ...{ method, headers },
    ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> }),
  });

const fromResponse = async (response: Response): Promise<HttpResponse> => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
});

const toResponse = ({ status, headers, body }: HttpResponse): Response =>
  buildResponse(body, { status, headers });

/** The parts of a response; the status may be any number that HTTP can carry. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

// The constructor refuses a body for these, even an empty one.
const bodiless = [101, 204, 205, 304];

/**
 * A response with any status. The constructor refuses those outside 200 to 599, which a target may
 * return: the rules check them.
 */
export const buildResponse = (
  body: ConstructorParameters<typeof Response>[0],
  { status, headers }: ResponseParts,
): Response => {
  const kept = bodiless.includes(status) ? null : body;
  if (status >= 200 && status <= 599) return new Response(kept, { status, headers });
  const response = new Response(kept, { headers });
  // `ok` keeps the value of the constructed status; the suite doesn't use it.
  Object.defineProperty(response, 'status', { value: status });
  return response;
};
