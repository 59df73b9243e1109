import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openapiFolder } from '../cli/command.ts';
import {
  dereference,
  isObject,
  type JsonObject,
  objectAt,
  operationsOf,
} from '../contract/description.ts';
import { schemaValidator } from '../contract/examples.ts';
import { type ExampleRequest, exampleRequests } from './example-requests.ts';
import { type MockProcess, runMock } from './mock-process.ts';

const bundle = JSON.parse(
  await readFile(join(openapiFolder, 'generated', 'openapi.json'), 'utf8'),
) as JsonObject;
const description = await dereference(bundle);
const validate = schemaValidator(description);
const requests = operationsOf(description).flatMap(exampleRequests);

let mock: MockProcess;
beforeAll(async () => {
  mock = runMock('--port', '0');
  await mock.baseUrl;
});
afterAll(async () => {
  mock.interrupt();
  await mock.ended;
});

const send = async ({ operation, path, contentType, body }: ExampleRequest): Promise<Response> =>
  fetch(`${await mock.baseUrl}${path}`, {
    method: operation.method.toUpperCase(),
    headers: {
      Authorization: 'Bearer any',
      ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    },
    ...(body === undefined ? {} : { body }),
  });

const expectHeaders = (response: Response, documented: JsonObject): void => {
  for (const [name, header] of Object.entries(objectAt(documented, 'headers'))) {
    const text = response.headers.get(name);
    expect(text, name).not.toBeNull();
    const schema = objectAt(header, 'schema');
    const value = schema.type === 'integer' ? Number(text) : text;
    expect(validate(schema, value), name).toBeUndefined();
  }
};

describe('The mock', () => {
  it('gets a request for every operation of the bundle, in every media type of its body.', () => {
    const asked = new Set(requests.map(({ operation }) => operation.name));
    expect(asked.size).toBeGreaterThan(0);
    expect([...asked]).toEqual(operationsOf(bundle).map(({ name }) => name));
    expect(requests.length).toBeGreaterThan(asked.size);
  });

  for (const request of requests) {
    it(`returns the documented success for ${request.title}.`, async () => {
      const responses = objectAt(request.operation.value, 'responses');
      const [status = ''] = Object.keys(responses).filter((code) => code.startsWith('2'));
      const documented = objectAt(responses, status);
      const response = await send(request);
      const body: unknown = await response.json();

      expect(`${response.status} ${JSON.stringify(body)}`).toMatch(new RegExp(`^${status} `));
      const type = response.headers.get('content-type') ?? '';
      const media = objectAt(documented, 'content')[type];
      expect(isObject(media), `documented content type, got ${type}`).toBe(true);
      expect(validate(objectAt(media, 'schema'), body)).toBeUndefined();
      expectHeaders(response, documented);
    });
  }
});
