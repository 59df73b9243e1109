import type { Liar } from '../rule.ts';

/** Answers every reading as it did the first time. */
export const neverLookAgain = (): Liar => (fetch) => {
  const answers = new Map<string, Response>();
  return async (request) => {
    if (request.method !== 'GET') return fetch(request);
    const key = `${request.headers.get('authorization') ?? ''} ${request.url}`;
    const response = answers.get(key) ?? (await fetch(request));
    answers.set(key, response.clone());
    return response;
  };
};
