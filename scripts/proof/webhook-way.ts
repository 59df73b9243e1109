import type { Send } from '../../reference-server/webhooks/client.ts';

/** What sends events in the way of `fetch`, whose requests and answers are easily bent. */
export type SendByFetch = typeof fetch;

/** The way to the receivers as the reference server takes it, with what sends by `fetch` in it. */
export const asSend =
  (sendByFetch: SendByFetch): Send =>
  async ({ method, url, headers, body }, { signal }) => {
    const bytes = body as string;
    const init = { method, headers, body: bytes, redirect: 'manual', signal } as const;
    const response = await sendByFetch(url, init);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      readBody: async () => {
        await response.body?.cancel().catch(() => undefined);
        return { bytes: Buffer.alloc(0), end: 'whole' };
      },
    };
  };
