import type { State } from '../../../../reference-server/state/state.ts';
import { sign } from '../../../../reference-server/webhooks/signature.ts';
import type { Dress } from '../variant.ts';

/** A delivery on its way, in a form that is easily changed. */
export interface Parcel {
  readonly url: string;
  readonly headers: Headers;
  readonly event: Record<string, unknown>;
}

type Send = (parcel: Parcel) => Promise<Response>;

const signatureHeader = 'X-LeadGrid-Signature';

/** Stands between the server and the receivers of its events. */
export const onDispatch =
  (dispatch: (parcel: Parcel, send: Send) => Promise<Response>): (() => Dress) =>
  () => ({
    services: (own, state) => ({
      ...own,
      fetch: (input, init) => {
        const url = input instanceof Request ? input.url : input.toString();
        const text = typeof init?.body === 'string' ? init.body : '{}';
        const event = JSON.parse(text) as Record<string, unknown>;
        return dispatch({ url, headers: new Headers(init?.headers), event }, (parcel) => {
          const body = JSON.stringify(parcel.event);
          const headers = body === text ? parcel.headers : signAnew(parcel, body, state);
          // What is sent late has outlived the signal of the attempt that it stands for.
          const rest = { ...init };
          delete rest.signal;
          return own.fetch(parcel.url, { ...rest, headers, body });
        });
      },
    }),
  });

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
