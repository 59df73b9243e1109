import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../openapi/contract.ts';
import { contract, expectRefusal, form, pdf, useLab } from './lab.ts';
import { ask, furnish, jsonFor, operations, pathOf, taking, type Furnished } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
const takingJson = taking('application/json');
const takingBody = operations.filter(({ body }) => Object.keys(body).length > 0);
const generous = { rate_limit: { requests: 100_000, window_seconds: 60 } };

let own: Furnished;
beforeAll(async () => {
  own = await furnish(lab, generous);
});

const send = (
  { id, method }: Operation,
  body: RequestInit['body'],
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
  places = own,
) => lab.call(method, pathOf(id, places), { key: places.key, body, headers });

/** Expects that none of these bodies is taken, and that none changes anything. */
const expectRefused = async (
  operation: Operation,
  bodies: readonly RequestInit['body'][],
  message: RegExp,
  headers?: Record<string, string>,
): Promise<void> => {
  const before = await portrait(lab, own.key);
  for (const body of bodies) {
    expectRefusal(await send(operation, body, headers), 400, 'invalid_body', message);
  }
  expect(await portrait(lab, own.key)).toEqual(before);
};

describe('The media type of a body', () => {
  const never = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/vnd.api+json',
    'text/json',
  ];
  const types = [...never, 'application/jsonx', 'application', 'json', '*/*', ''];

  it.each(takingBody)('is one that $id takes (LG-GEN-029)', async (operation) => {
    const body = JSON.stringify(jsonFor(operation.id, own));
    const taken = Object.keys(operation.body);
    const others = ['application/pdf', 'application/json'].filter((type) => !taken.includes(type));
    for (const type of [...types, ...others]) {
      const message = new RegExp(`^The Content-Type must be ${taken.join(' or ')}`);
      await expectRefused(operation, [body], message, { 'Content-Type': type });
    }
    const fresh = await furnish(lab);
    expect((await ask(lab, operation.id, fresh, fresh)).status).toBe(operation.success);
  });

  it.each(takingBody)('has to be said to $id (LG-GEN-030)', async (operation) => {
    const json = Buffer.from(JSON.stringify(jsonFor(operation.id, own)));
    await expectRefused(operation, [json, await pdf().bytes()], /^The Content-Type must be/, {});
  });

  it.each(takingJson)('may have parameters for $id (LG-GEN-031)', async (operation) => {
    const types = ['; charset=utf-8', ';charset=UTF-8', ' ; x=y', '; charset="utf-8"; a=b'];
    for (const type of ['APPLICATION/JSON', ...types.map((rest) => `application/json${rest}`)]) {
      const fresh = await furnish(lab);
      const body = JSON.stringify(jsonFor(operation.id, fresh));
      const reply = await send(operation, body, { 'Content-Type': type }, fresh);
      expect(reply.status).toBe(operation.success);
    }
  });

  it.each(operations)(
    'of the answer of $id is JSON, whatever Accept asks for (LG-GEN-032)',
    async ({ id, success }) => {
      for (const Accept of ['text/html', 'application/xml;q=1, application/json;q=0', '*/*', 'x']) {
        const fresh = await furnish(lab);
        const reply = await ask(lab, id, fresh, { key: fresh.key, headers: { Accept } });
        expect(reply.status).toBe(success);
        expect(reply.headers.get('content-type')).toBe('application/json');
      }
      expectRefusal(
        await lab.call('GET', '/x', { headers: { Accept: 'text/html' } }),
        401,
        'unauthorized',
      );
    },
  );
});

describe('A body of JSON', () => {
  const broken = [
    '{',
    '{"name":"A",}',
    "{'name':'A'}",
    'undefined',
    'NaN',
    '{}{}',
    '{"name":"A"} x',
    '{"name":"A"}\n{"name":"B"}',
    '{"name":"A"}\0',
    ' ',
    '{"name":"\t"}',
  ];

  it.each(takingJson)('that is none is refused by $id (LG-ERR-015)', async (operation) => {
    const texts = [...broken, '[[['.repeat(1e5), 'name=A', '<name/>', '{"name":01}'];
    await expectRefused(operation, texts, /^The body is not valid JSON/);
  });

  it.each(takingJson)('that is no object is refused by $id (LG-GEN-037)', async (operation) => {
    const whole = [jsonFor(operation.id, own)];
    const values = [whole, [], null, true, false, 0, 42, '', 'name', JSON.stringify(whole[0])];
    const nested = '['.repeat(1e5) + ']'.repeat(1e5);
    const texts = [...values.map((value) => JSON.stringify(value)), nested];
    await expectRefused(operation, texts, /^The body must be an object\./);
  });

  it.each(takingJson)('has to be there for $id (LG-GEN-038)', async (operation) => {
    await expectRefused(operation, ['', undefined], /^A body is required\./, {
      'Content-Type': 'application/json',
    });
    await expectRefused(operation, [undefined], /^The Content-Type must be/, {});
  });

  it.each(takingJson)('that is no UTF-8 is refused by $id (LG-GEN-054)', async (operation) => {
    const latin = Buffer.from('{"name":"caf\u00e9","content":"\u00e9"}', 'latin1');
    await expectRefused(operation, [latin], /UTF-8/);
  });

  it.each(takingJson)(
    'is read by $id up to 1 MiB, and refused beyond (LG-GEN-043)',
    async (operation) => {
      const fresh = await furnish(lab);
      const text = JSON.stringify(jsonFor(operation.id, fresh));
      const ofSize = (size: number) => text + ' '.repeat(size - text.length);
      const larger = ofSize(contract.jsonBodyLimit + 1);
      await expectRefused(operation, [larger, larger.repeat(3)], /larger than 1048576 bytes/);
      const largest = await send(operation, ofSize(contract.jsonBodyLimit), undefined, fresh);
      expect(largest.status).toBe(operation.success);
    },
  );

  it('may be compressed; the limit is that of what it unpacks to', async () => {
    const operation = contract.operations.createContact;
    const packed = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    const good = gzipSync('{"full_name":"Packed"}');
    expect((await send(operation, good, packed)).status).toBe(201);
    const bomb = gzipSync(' '.repeat(contract.jsonBodyLimit + 1));
    await expectRefused(operation, [bomb], /larger than/, packed);
    await expectRefused(operation, ['no gzip', good.subarray(0, 9)], /cannot be read/, packed);
    // The last ones are names that every object has.
    for (const name of ['rot13', 'constructor', '__proto__']) {
      const odd = { ...packed, 'Content-Encoding': name };
      await expectRefused(operation, ['{"full_name":"A"}'], /cannot be read/, odd);
    }
  });

  it('takes the last of two fields with one name, and a mark of byte order', async () => {
    const operation = contract.operations.createContact;
    const reply = await send(operation, '\ufeff{"full_name":"A","full_name":"B"}');
    expect([reply.status, reply.body.data]).toMatchObject([201, { full_name: 'B' }]);
  });
});

describe('A form', () => {
  it.each(taking('multipart/form-data'))(
    'that breaks off is refused by $id (LG-ERR-023, LG-CV-031)',
    async (operation) => {
      const part =
        '--x\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n\r\n%PDF-1';
      const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
      await expectRefused(operation, [part, '--x', '{}', `${part}\r\n--y--`], /^The form/, headers);
      await expectRefused(operation, [part], /^The form/, {
        'Content-Type': 'multipart/form-data',
      });
    },
  );

  it.each(takingJson.filter(({ body }) => !('multipart/form-data' in body)))(
    'is nothing for $id (LG-GEN-029)',
    async (operation) => {
      const fields = { full_name: 'A', name: 'A', content: 'A', contact_id: own.free };
      await expectRefused(operation, [form(fields)], /^The Content-Type must be/, {});
    },
  );
});
