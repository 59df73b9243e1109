import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type Dossier, type TestOrganization } from './lab.ts';

const lab = useLab();
const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };

let own: TestOrganization;
beforeAll(async () => {
  own = await lab.organization();
});

const post = (json: unknown) => lab.call('POST', '/dossiers', { key: own.key, json });
const create = async (json: object): Promise<Dossier> => {
  const reply = await post(json);
  expect(reply.status).toBe(201);
  return reply.body.data;
};
const total = async () => (await lab.call('GET', '/dossiers', own)).body.meta.total;
const countContacts = () => lab.state.organizations.get(own.id)?.contacts.rows.length;

describe('Input that is not allowed', () => {
  const cases: [string, Record<string, unknown>, RegExp, Record<string, unknown>][] = [
    ['no type', { name: 'A' }, /^type is required/, candidate],
    ['no name', { type: 'sales' }, /^name is required/, sales],
    [
      'an unknown type',
      { ...sales, type: 'lead' },
      /^type must be one of candidate, sales\./,
      sales,
    ],
    ['a type in capitals', { ...sales, type: 'Sales' }, /^type must be one of/, sales],
    ['a list as type', { ...sales, type: ['sales'] }, /^type must be/, sales],
    ['null as type', { ...sales, type: null }, /^type must be/, sales],
    ['an empty name', { ...sales, name: '' }, /^name must not be/, { ...sales, name: '.' }],
    [
      'a blank name',
      { ...sales, name: ' \n ' },
      /^name must not be blank\./,
      { ...sales, name: ' .' },
    ],
    [
      'a number as name',
      { ...sales, name: 42 },
      /^name must be a text\./,
      { ...sales, name: '42' },
    ],
    ['null as name', { ...sales, name: null }, /^name must be a text\./, sales],
    [
      'an e-mail without @',
      { ...sales, email: 'a.b' },
      /^email must be an e-mail/,
      { ...sales, email: 'a@b' },
    ],
    ['an empty e-mail', { ...sales, email: '' }, /^email must be/, { ...sales, email: null }],
    [
      'a number as phone',
      { ...sales, phone: 31 },
      /^phone must be a text/,
      { ...sales, phone: '31' },
    ],
    [
      'text as amount',
      { ...sales, deal_size: '5' },
      /^deal_size must be a number/,
      { ...sales, deal_size: 5 },
    ],
    [
      'true as amount',
      { ...sales, deal_size: true },
      /^deal_size must be a number/,
      { ...sales, deal_size: 1 },
    ],
    [
      'an amount below zero',
      { ...sales, deal_size: -0.01 },
      /^deal_size must be at least 0\./,
      { ...sales, deal_size: 0 },
    ],
    [
      'a small currency',
      { ...sales, deal_currency: 'eur' },
      /^deal_currency must be an ISO/,
      { ...sales, deal_currency: 'EUR' },
    ],
    ['a flow that is no UUID', { ...sales, flow_id: '1' }, /^flow_id must be a UUID/, sales],
    [
      'a contact that is no UUID',
      { ...sales, contact_id: '' },
      /^contact_id must be a UUID/,
      sales,
    ],
    [
      'a member that is no UUID',
      { ...sales, assigned_to: 'me' },
      /^assigned_to must be a UUID/,
      sales,
    ],
    [
      'a candidate’s amount',
      { ...candidate, deal_size: 1 },
      /^deal_size must be left out\. A candidate/,
      { ...sales, deal_size: 1 },
    ],
    [
      'a candidate’s currency',
      { ...candidate, deal_currency: 'EUR' },
      /^deal_currency must be left out/,
      { ...sales, deal_currency: 'EUR' },
    ],
    [
      'a candidate’s contact person',
      { ...candidate, contact_person: '' },
      /^contact_person must be left out/,
      { ...candidate, contact_person: null },
    ],
    ['a list', [candidate] as never, /^The body must be an object/, candidate],
    ['null', null as never, /^The body must be an object/, candidate],
    ['a word', 'candidate' as never, /^The body must be an object/, candidate],
    [
      'fields of the prototype only',
      JSON.parse('{"__proto__":{"type":"sales","name":"A"}}') as never,
      /^type is required/,
      sales,
    ],
  ];
  for (const [title, wrong, message, right] of cases) {
    it(`such as ${title} is refused with the field’s name, and leaves nothing`, async () => {
      const before = [await total(), countContacts()];
      expectRefusal(await post(wrong), 400, 'invalid_body', message);
      expect([await total(), countContacts()]).toEqual(before);
      expect((await post(right)).status).toBe(201);
    });
  }
});

describe('What is kept', () => {
  const texts = {
    emoji: '👩‍👩‍👧‍👦 🏳️‍🌈',
    quotes: `"'\`\\ </script> %s {{x}} \u0000\u2028`,
    'another direction': 'שלום \u202e مرحبا',
    'a name of an object’s own': '__proto__',
    'a lone surrogate': '\ud83d',
    'half a million characters': 'é'.repeat(500_000),
  };
  for (const [title, name] of Object.entries(texts)) {
    it(`is text of ${title}, to the last character`, async () => {
      const made = await create({ ...candidate, name });
      expect(made.name).toBe(name);
      expect((await lab.call('GET', `/dossiers/${made.id}`, own)).body.data.name).toBe(name);
    });
  }

  it('comes without harm from keys that every object has', async () => {
    const json = '{"type":"sales","name":"A","__proto__":{"x":1},"constructor":1,"toString":null}';
    const headers = { 'Content-Type': 'application/json' };
    const reply = await lab.call('POST', '/dossiers', { key: own.key, body: json, headers });
    expect(reply.status).toBe(201);
    expect(Object.keys(reply.body.data)).not.toContain('x');
  });

  it('is no amount beyond all numbers', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const body = '{"type":"sales","name":"A","deal_size":1e999}';
    const refused = await lab.call('POST', '/dossiers', { key: own.key, body, headers });
    expectRefusal(refused, 400, 'invalid_body', /^deal_size must be a number/);
  });

  it('is an amount, to the last digit of a double', async () => {
    for (const deal_size of [0, 0.1, 19.99, 1e21, 123456789.123456, Number.MAX_VALUE]) {
      expect((await create({ ...sales, deal_size })).deal_size).toBe(deal_size);
    }
  });
});
