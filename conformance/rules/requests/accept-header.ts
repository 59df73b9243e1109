import { defineRule, type Liar } from '../../rule.ts';
import { expectThat } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';

const wishes = ['text/html', 'application/xml;q=0.9, image/png', 'application/pdf', 'nonsense'];

/** Answers browsers with a page. */
const sendPage: Liar = (fetch) => async (request) => {
  const response = await fetch(request);
  if (request.headers.get('accept') !== 'text/html') return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/html');
  return new Response(`<pre>${await response.text()}</pre>`, { status: response.status, headers });
};

export default defineRule({
  id: 'requests/accept-header',
  level: 'SHOULD',
  verifies: ['LG-GEN-032'],
  sentence: 'Answers are JSON, whatever the request says that it accepts.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const nobody = world.clientWith(undefined);
    const expectJson = ({ json, response }: Exchange) => {
      expectThat(json !== undefined, 'a body of JSON', () => response.body.slice(0, 200));
    };
    for (const [turn, { id, parameters }] of world.operations.entries()) {
      // Every wish of the operations that name nothing, and one in turn of the others.
      const named = parameters.some((parameter) => parameter.in === 'path');
      const asked = named ? [wishes[turn % wishes.length] ?? ''] : wishes;
      for (const accept of asked) {
        const prepared = await home.prepare(id);
        const request = { ...prepared, headers: { ...prepared.headers, accept } };
        const refused = await nobody.send(id, request);
        expectJson(refused);
        world.expect.refusal(refused, 401);
        const served = await home.all.send(id, request);
        expectJson(served);
        world.expect.success(served);
      }
    }
  },
  liar: sendPage,
});
