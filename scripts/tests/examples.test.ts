import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../contract/description.ts';
import { checkExamples } from '../contract/examples.ts';

const text = { type: 'string' };

/** A description with one operation and one webhook, with the given parts replaced. */
const description = (part: {
  parameter?: JsonObject;
  request?: JsonObject;
  response?: JsonObject;
  header?: JsonObject;
  webhook?: JsonObject;
  schema?: JsonObject;
}): JsonObject => {
  const json = (media: JsonObject = { schema: text, example: 'fine' }): JsonObject => ({
    'application/json': media,
  });
  const header = part.header ?? { schema: text, example: 'fine' };
  const operation = (request?: JsonObject, response?: JsonObject): JsonObject => ({
    parameters: [part.parameter ?? { name: 'q', in: 'query', schema: text, example: 'fine' }],
    requestBody: { content: json(request) },
    responses: { '200': { headers: { 'X-A': header }, content: json(response) } },
  });
  return {
    openapi: '3.1.1',
    info: { title: 'Test', version: '1' },
    paths: { '/things': { post: operation(part.request, part.response) } },
    webhooks: { happened: { post: operation(part.webhook) } },
    components: { schemas: { Thing: part.schema ?? text } },
  };
};

const wrong = { schema: text, example: 7 };
const complaints = (bundle: JsonObject): string[] =>
  checkExamples(bundle, [], 'openapi.yaml').map(({ what }) => what);

describe('The examples gate', () => {
  it('finds nothing if all examples are valid.', () => {
    expect(complaints(description({}))).toEqual([]);
  });

  for (const part of ['parameter', 'request', 'response', 'header', 'webhook'] as const) {
    it(`names the invalid example of a ${part}.`, () => {
      const found = complaints(description({ [part]: wrong }));
      expect(found).toContainEqual(expect.stringContaining('it must be string'));
    });

    it(`names a ${part} without an example.`, () => {
      const found = complaints(description({ [part]: { schema: text } }));
      expect(found).toContainEqual(expect.stringContaining('has no example'));
    });
  }

  it('names each invalid example of several.', () => {
    const request = { schema: text, examples: { good: { value: 'fine' }, bad: { value: 7 } } };
    expect(complaints(description({ request }))).toEqual([
      expect.stringContaining('examples › bad › value is not valid'),
    ]);
  });

  it('names invalid examples and defaults inside schemas.', () => {
    const schema = {
      type: 'object',
      properties: {
        a: { type: 'integer', default: 'one' },
        b: { type: 'integer', examples: [1, 'b'] },
      },
    };
    expect(complaints(description({ schema }))).toEqual([
      expect.stringContaining('Thing › properties › a › default'),
      expect.stringContaining('Thing › properties › b › examples › 1'),
    ]);
  });

  it('accepts text as the content of a file in a form.', () => {
    const schema = { type: 'object', properties: { cv: { type: 'string', format: 'binary' } } };
    expect(complaints(description({ request: { schema, example: { cv: '%PDF' } } }))).toEqual([]);
  });

  it('names a schema that cannot be compiled.', () => {
    const request = { schema: { type: 'string', minLenght: 3 }, example: 'fine' };
    expect(complaints(description({ request }))).toEqual([
      expect.stringContaining('unknown keyword: "minLenght"'),
    ]);
  });

  it('uses the dialect of OpenAPI 3.1, including unevaluatedProperties.', () => {
    const schema = { allOf: [{ properties: { a: text } }], unevaluatedProperties: false };
    const request = { schema, example: { a: 'fine', b: 'not fine' } };
    expect(complaints(description({ request }))).toEqual([
      expect.stringContaining('must NOT have unevaluated properties'),
    ]);
  });
});
