import type { Liar } from '../rule.ts';

/** Answers what was refused with this status by the last success instead: it let it pass. */
export const refuseNot =
  (status: number): Liar =>
  (fetch) => {
    let success: { body: string; status: number; headers: Headers } | undefined;
    return async (request) => {
      const response = await fetch(request);
      if (response.ok) {
        const { headers } = response;
        success = { body: await response.clone().text(), status: response.status, headers };
      }
      if (response.status !== status) return response;
      const { body, ...head } = success ?? emptyPage(response.headers);
      return new Response(body, head);
    };
  };

const emptyPage = (headers: Headers) => ({
  body: JSON.stringify({ data: [], meta: { total: 0, page: 1, per_page: 25 } }),
  status: 200,
  headers,
});
