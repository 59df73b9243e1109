import { createDossier } from '../../fixtures/dossiers.ts';
import { expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { refuse } from '../../faults/access.ts';
import { type Fault, onMutableRequest, onRequest } from '../../faults/inject.ts';
import { uploadBytes } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';
import type { Exchange } from '../../http/exchange.ts';

const others = [
  'text/plain',
  'text/html',
  'application/xml',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  'image/png',
];

const otherMediaType = defineRule({
  id: 'requests/other-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-029'],
  sentence: "A body of a media type that the operation doesn't accept is refused.",
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      for (const type of others) {
        const request = await org.prepare(id);
        const body = JSON.stringify(request.body);
        const send = (name: string) =>
          org.all.send(id, { ...request, body, headers: { 'content-type': name } });
        expect.refusal(await send(type), 400);
        expect.success(await send('application/json'));
      }
    }
  },
  // A server that reads JSON, whatever the media type.
  fault: onMutableRequest(({ headers, body }) => {
    if (body !== undefined) headers.set('content-type', 'application/json');
  }),
});

const noMediaType = defineRule({
  id: 'requests/no-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-030'],
  sentence: 'A body without a Content-Type is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await org.prepare(id);
      // As bytes, so that fetch adds no media type.
      const body = new TextEncoder().encode(JSON.stringify(request.body));
      expect.refusal(await org.all.send(id, { ...request, body }), 400);
      const headers = { 'content-type': 'application/json' };
      expect.success(await org.all.send(id, { ...request, body, headers }));
    }
  },
  fault: onMutableRequest(({ headers, body }) => {
    if (body !== undefined && !headers.has('content-type')) {
      headers.set('content-type', 'application/json');
    }
  }),
});

const otherMediaTypes = ['application/octet-stream', 'application/json', 'text/plain', 'image/png'];

const uploadMediaType = defineRule({
  id: 'cv/upload-media-type',
  level: 'SHOULD',
  verifies: ['LG-GEN-029', 'LG-GEN-030'],
  sentence:
    'The bytes of a PDF are refused if they are declared as another media type, or as none.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'candidate', name: 'For another type' });
    const { bytes: body } = aCv();
    for (const headers of [...otherMediaTypes.map((type) => ({ 'content-type': type })), {}]) {
      const request = { path: { id }, body, headers };
      context.about('content-type' in headers ? 'LG-GEN-029' : 'LG-GEN-030');
      context.expect.refusal(await org.all.send('uploadDossierCv', request), 400);
    }
    await uploadBytes.succeed(context, org, id, aCv());
  },
  // A server that ignores the media type.
  fault: onRequest(['uploadDossierCv'], (request) => {
    const headers = new Headers(request.headers);
    headers.set('content-type', 'application/pdf');
    return Promise.resolve(new Request(request, { headers }));
  }),
});

const mediaTypeParameters = defineRule({
  id: 'requests/media-type-parameters',
  level: 'SHOULD',
  verifies: ['LG-GEN-031'],
  sentence: '`application/json` is also accepted with parameters, such as a charset.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      for (const parameters of [
        ';charset=utf-8',
        '; charset=UTF-8',
        ' ; charset=utf-8',
        '; charset="utf-8"',
        '; v=1',
      ]) {
        const request = await org.prepare(id);
        const body = JSON.stringify(request.body);
        const headers = { 'content-type': `application/json${parameters}` };
        expect.success(await org.all.send(id, { ...request, body, headers }));
      }
    }
  },
  fault: refuse(
    400,
    'invalid_body',
    ({ headers }) => headers.get('content-type')?.includes(';') === true,
  ),
});

const wishes = ['text/html', 'application/xml;q=0.9, image/png', 'application/pdf', 'nonsense'];

/** A server that returns HTML to browsers. */
const sendPage: Fault = (fetch) => async (request) => {
  const response = await fetch(request);
  if (request.headers.get('accept') !== 'text/html') return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'text/html');
  return new Response(`<pre>${await response.text()}</pre>`, { status: response.status, headers });
};

const acceptHeader = defineRule({
  id: 'requests/accept-header',
  level: 'SHOULD',
  verifies: ['LG-GEN-032'],
  sentence: 'Responses are JSON, whatever the Accept header of the request.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const withoutKey = context.clientWith(undefined);
    const expectJson = ({ json, response }: Exchange) => {
      expectThat(json !== undefined, 'a JSON body', () => response.body.slice(0, 200));
    };
    for (const [turn, { id, parameters }] of context.operations.entries()) {
      // Every header for operations without an id in their path, and one of them, in turn, for the
      // others.
      const named = parameters.some((parameter) => parameter.in === 'path');
      const asked = named ? [wishes[turn % wishes.length] ?? ''] : wishes;
      for (const accept of asked) {
        const prepared = await org.prepare(id);
        const request = { ...prepared, headers: { ...prepared.headers, accept } };
        const refused = await withoutKey.send(id, request);
        expectJson(refused);
        context.expect.refusal(refused, 401);
        const served = await org.all.send(id, request);
        expectJson(served);
        context.expect.success(served);
      }
    }
  },
  fault: sendPage,
});

export default [
  otherMediaType,
  noMediaType,
  uploadMediaType,
  mediaTypeParameters,
  acceptHeader,
] satisfies readonly Rule[];
