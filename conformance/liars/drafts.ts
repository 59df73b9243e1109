import type { Liar } from '../rule.ts';

/** What is about to be sent, in a form that is easily bent. */
export interface Draft {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** Undefined where there is none. */
  body: string | undefined;
}

/** Bends requests on their way, as a server does that reads them carelessly. Not for files. */
export const onDraft =
  (bend: (draft: Draft) => void): Liar =>
  (fetch) =>
  async (request) => {
    const text = request.body === null ? undefined : await request.clone().text();
    const { method, headers, url } = request;
    const draft: Draft = { method, headers: new Headers(headers), url: new URL(url), body: text };
    bend(draft);
    // As bytes, so that no media type is made up.
    const body = draft.body === undefined ? undefined : new TextEncoder().encode(draft.body);
    const init = { method, headers: draft.headers };
    return fetch(new Request(draft.url, body === undefined ? init : { ...init, body }));
  };

/** Bends the fields of JSON bodies; what isn't a JSON object passes. */
export const onFields = (bend: (fields: Record<string, unknown>) => void): Liar =>
  onDraft((draft) => {
    const fields = parse(draft.body);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return;
    bend(fields as Record<string, unknown>);
    draft.body = JSON.stringify(fields);
  });

const parse = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
};
