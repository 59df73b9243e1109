import type { OperationId } from '../../openapi/contract.ts';
import type { Liar } from '../rule.ts';

/** An answer of the target, in a form that is easily bent. */
export interface Answer {
  status: number;
  readonly headers: Headers;
  /** The parsed body; what isn't JSON is left as text. */
  body: unknown;
}

/** Bends the answers of some operations, or of all. */
export const onAnswer =
  (
    operations: readonly OperationId[] | 'all',
    bend: (answer: Answer, request: Request) => void,
  ): Liar =>
  (fetch, name) =>
  async (request) => {
    const operation = name(request.method, request.url);
    const response = await fetch(request);
    if (operations !== 'all' && !(operation && operations.includes(operation))) return response;
    const text = await response.text();
    const answer: Answer = {
      status: response.status,
      headers: new Headers(response.headers),
      body: parse(text),
    };
    bend(answer, request);
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return new Response(body, { status: answer.status, headers: answer.headers });
  };

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/** Bends a page of a successful list answer. */
export const onPage = (
  operations: readonly OperationId[],
  bend: (
    page: { data: Record<string, unknown>[]; meta: Record<string, unknown> },
    url: URL,
  ) => void,
): Liar =>
  onAnswer(operations, (answer, request) => {
    if (answer.status >= 300) return;
    bend(answer.body as never, new URL(request.url));
  });

/** Bends what a successful answer has under `data`, item by item where that is a list. */
export const onData = (
  operations: readonly OperationId[],
  bend: (data: Record<string, unknown>) => void,
): Liar =>
  onAnswer(operations, (answer) => {
    if (answer.status >= 300) return;
    const { data } = answer.body as { data: Record<string, unknown> | Record<string, unknown>[] };
    for (const item of [data].flat()) bend(item);
  });

/** Bends the `error` of refusals. */
export const onError = (bend: (error: Record<string, unknown>, answer: Answer) => void): Liar =>
  onAnswer('all', (answer) => {
    if (answer.status < 400) return;
    bend((answer.body as { error: Record<string, unknown> }).error, answer);
  });
