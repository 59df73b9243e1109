import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type TestOrganization } from './lab.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };

let own: TestOrganization;
beforeAll(async () => {
  own = await lab.organization();
});

const post = (json: unknown) => lab.call('POST', '/dossiers', { key: own.key, json });

describe('Input that is not allowed', () => {
  /** What is wrong, the complaint of it, and what would have been right. */
  const cases: [string, unknown, RegExp, object][] = [
    ['no type', { name: 'A' }, /^type is required\./, candidate],
    [
      'an unknown type',
      { ...sales, type: 'lead' },
      /^type must be one of candidate, sales\./,
      sales,
    ],
    ['an empty name', { ...sales, name: '' }, /^name must not be empty\./, { ...sales, name: '.' }],
    [
      'a blank name',
      { ...sales, name: ' \n' },
      /^name must not be blank\./,
      { ...sales, name: ' .' },
    ],
    [
      'a number as name',
      { ...sales, name: 42 },
      /^name must be a text\./,
      { ...sales, name: '42' },
    ],
    [
      'an e-mail without @',
      { ...sales, email: 'a.b' },
      /^email must be an e-mail address: one @ with at least one character on each side, and no white space\./,
      { ...sales, email: 'a@b' },
    ],
    ['an empty e-mail', { ...sales, email: '' }, /^email must be/, { ...sales, email: null }],
    [
      'text as amount',
      { ...sales, deal_size: '5' },
      /^deal_size must be a number or left out\./,
      { ...sales, deal_size: 5 },
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
      'a candidate’s amount',
      { ...candidate, deal_size: 1 },
      /^deal_size must be left out\. A candidate has no values in the fields that belong to sales\.$/,
      { ...sales, deal_size: 1 },
    ],
    [
      'a candidate’s contact person',
      { ...candidate, contact_person: '' },
      /^contact_person must be left out/,
      { ...candidate, contact_person: null },
    ],
    ['a list', [candidate], /^The body must be an object\./, candidate],
  ];

  it.each(cases)(
    'such as %s is refused with the field’s name, and leaves nothing (LG-ERR-028)',
    async (_, wrong, message, right) => {
      const before = await portrait(lab, own.key);
      expectRefusal(await post(wrong), 400, 'invalid_body', message);
      expect(await portrait(lab, own.key)).toEqual(before);
      expect((await post(right)).status).toBe(201);
    },
  );
});
