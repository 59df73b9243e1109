import type { State } from '../../../../reference-server/state/state.ts';
import type { Answer } from '../../../../reference-server/webhooks/client.ts';
import { sign } from '../../../../reference-server/webhooks/signature.ts';
import type { Dress } from '../variant.ts';

/** A delivery on its way, in a form that is easily changed. */
export interface Parcel {
  readonly url: string;
  readonly headers: Headers;
  readonly event: Record<string, unknown>;
}

type SendParcel = (parcel: Parcel) => Promise<Answer>;

const signatureHeader = 'X-LeadGrid-Signature';

/** Stands between the server and the receivers of its events. */
export const onDispatch =
  (dispatch: (parcel: Parcel, send: SendParcel) => Promise<Answer>): (() => Dress) =>
  () => ({
    services: (own, state) => ({
      ...own,
      send: (request, options) => {
        const { url, body: text } = request;
        const event = JSON.parse(text as string) as Record<string, unknown>;
        return dispatch({ url, headers: new Headers(request.headers), event }, (parcel) => {
          const body = JSON.stringify(parcel.event);
          const headers = body === text ? parcel.headers : signAnew(parcel, body, state);
          const changed = { ...request, url: parcel.url, body };
          // What is sent late has outlived the signal of the attempt that it stands for.
          const { signal } = new AbortController();
          return own.send(
            { ...changed, headers: Object.fromEntries(headers) },
            { ...options, signal },
          );
        });
      },
    }),
  });

/** An answer that no receiver gave. */
export const accepted: Answer = {
  status: 202,
  headers: {},
  readBody: () => Promise.resolve({ bytes: Buffer.alloc(0), end: 'whole' }),
};

/** Ends the connection of an answer that nobody looks at further. */
export const hangUp = async ({ readBody }: Answer): Promise<void> => {
  await readBody({ bytes: 0, patience: 0, stop: new AbortController().signal });
};

/** The headers with a signature of this body, of the moment of the one that it replaces. */
const signAnew = ({ url, headers }: Parcel, body: string, state: State): Headers => {
  const signed = new Headers(headers);
  const [, moment] = /t=(\d+)/.exec(headers.get(signatureHeader) ?? '') ?? [];
  signed.set(signatureHeader, sign(secretOf(state, url), Number(moment) * 1000, body));
  return signed;
};

const secretOf = ({ organizations }: State, url: string): string => {
  for (const { webhookEndpoints } of organizations.rows) {
    for (const endpoint of webhookEndpoints.rows) if (endpoint.url === url) return endpoint.secret;
  }
  throw new Error(`No endpoint has the URL ${url}.`);
};

/** Changes the header with the signature, whose parts stay right. */
export const rewriteSignature = (
  { headers }: Parcel,
  rewrite: (parts: readonly string[]) => readonly string[],
): void => {
  const parts = (headers.get(signatureHeader) ?? '').split(',');
  headers.set(signatureHeader, rewrite(parts).join(','));
};
