import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import {
  contract,
  expectRefusal,
  form,
  useTestServer,
  type Reply,
  type RequestInput,
} from './test-server.ts';
import {
  ask,
  createSampleData,
  jsonFor,
  unknownIds,
  type SampleOrganization,
} from './operations.ts';

const api = useTestServer();
let own: SampleOrganization;
beforeAll(async () => {
  own = await createSampleData(api, { rate_limit: { requests: 100_000, window_seconds: 60 } });
});

type Message = string | RegExp;

/**
 * Expects a refusal whose message begins with a text, or matches a pattern, and ends with a full
 * stop.
 */
const expectMessage = (reply: Reply<unknown>, status: number, code: string, message: Message) => {
  expectRefusal(reply, status, code, message);
  const { error } = reply.body;
  if (typeof message === 'string') expect(error.message.startsWith(message)).toBe(true);
  expect(error.message).toMatch(/\.$/);
};

describe('The message names an invalid field and what it must be:', () => {
  const emailMessage =
    'email must be an e-mail address: one @ with at least one character on each side, and no white space.';
  const salesOnly =
    'deal_size must be left out. A candidate has no values in the fields that belong to sales.';
  const wrong: [OperationId, object, Message][] = [
    ['createDossier', { type: undefined }, 'type is required.'],
    ['createDossier', { type: 'lead' }, 'type must be one of candidate, sales.'],
    ['createDossier', { name: '' }, 'name must not be empty.'],
    ['createDossier', { name: ' \n' }, 'name must not be blank.'],
    ['createDossier', { name: 42 }, 'name must be a string.'],
    ['createDossier', { email: 'a.b' }, emailMessage],
    ['createDossier', { email: 'a@b\n' }, emailMessage],
    ['createDossier', { email: 'a@\u00a0b' }, emailMessage],
    ['createDossier', { deal_size: '5' }, 'deal_size must be a number or left out.'],
    ['createDossier', { deal_size: -0.01 }, 'deal_size must be at least 0.'],
    ['createDossier', { deal_currency: 'eur' }, 'deal_currency must be an ISO'],
    ['createDossier', { deal_currency: 'EUR\n' }, 'deal_currency must be an ISO'],
    ['createDossier', { flow_id: '1' }, 'flow_id must be a UUID'],
    ['createDossier', { assigned_to: unknownIds.linked }, 'assigned_to must be'],
    ['createDossier', { type: 'candidate' }, salesOnly],
    ['updateDossier', { current_stage_id: unknownIds.flow }, 'current_stage_id must be a stage of'],
    ['updateDossier', { status: null }, 'status must be a string.'],
    ['updateDossier', { status: 'open' }, 'status must be one of active, won, lost, archived.'],
    ['createContact', { full_name: undefined }, 'full_name is required.'],
    ['createContact', { full_name: '\u00a0\u3000' }, 'full_name must not be blank.'],
    ['createContact', { kind: ['client', 'lead'] }, 'kind.1 must be one of candidate'],
    ['updateContact', { kind: 'client' }, 'kind must be an array.'],
    ['updateContact', { full_name: null }, 'full_name must be a string.'],
    ['linkDossierContact', { contact_id: undefined }, 'contact_id is required.'],
    ['linkDossierContact', { role_on_dossier: 'boss' }, 'role_on_dossier must be one of primary'],
    ['linkDossierContact', { is_primary: 'true' }, 'is_primary must be true or false.'],
    ['createDossierNote', { content: ' ' }, 'content must not be blank.'],
    ['createDossierNote', { is_internal: null }, 'is_internal must be true or false.'],
  ];

  it.each(wrong)('%s with %j', async (id, values, message) => {
    const json = { ...jsonFor(id, own), ...values };
    const reply = await ask(api, id, own, { key: own.key, json });
    expectMessage(reply, 400, 'invalid_body', message);
  });

  it('a flow of the other type', async () => {
    const json = { type: 'candidate', name: 'A', flow_id: own.flow };
    const reply = await ask(api, 'createDossier', own, { key: own.key, json });
    expectMessage(reply, 400, 'invalid_body', 'flow_id must name a flow of type candidate');
  });

  it('a number beyond the range of a double', async () => {
    const body = '{"type":"sales","name":"A","deal_size":1e999}';
    const headers = { 'Content-Type': 'application/json' };
    const reply = await ask(api, 'createDossier', own, { key: own.key, body, headers });
    expectMessage(reply, 400, 'invalid_body', 'deal_size must be a number');
  });

  it('a form without its file', async () => {
    const body = form({ CV: 'x' });
    const reply = await ask(api, 'uploadDossierCv', own, { key: own.key, body });
    expectMessage(reply, 400, 'invalid_body', 'cv is required.');
  });
});

describe('The message names an invalid parameter:', () => {
  const wrong: [string, Message][] = [
    ['dossiers?page=0', 'page must be at least 1.'],
    ['dossiers?per_page=101', 'per_page must be at most 100.'],
    ['dossiers?page=one', 'page must be'],
    ['dossiers?page=', 'page must be'],
    ['dossiers?page=1&page=1', 'page must be sent once.'],
    ['dossiers?stage_id=1', 'stage_id must be a UUID.'],
    ['dossiers?type=lead', 'type must be one of candidate, sales.'],
    ['dossiers?status=won&status=', 'status must be sent once.'],
    ['contacts?kind=client&kind=lead', /^kind(\.1)? must be one of candidate/],
    ['contacts?pool=', 'pool must be one of in_pool, expired.'],
    ['contacts?search=a&search=b', 'search must be sent once.'],
  ];

  it.each(wrong)('%s', async (path, message) => {
    expectMessage(await api.call('GET', `/${path}`, own), 400, 'invalid_body', message);
  });
});

describe('A body that cannot be read is refused with the reason:', () => {
  const type = { 'Content-Type': 'application/json' };
  const large = ' '.repeat(contract.jsonBodyLimit + 1);
  const wrong: [string, RequestInput, Message][] = [
    ['another media type', { body: 'name=A' }, 'The Content-Type must be application/json'],
    ['no body', { body: '', headers: type }, 'A body is required.'],
    ['no JSON', { body: '{"full_name":"A",}', headers: type }, 'The body is not valid JSON'],
    ['two JSON values', { body: '{}{}', headers: type }, 'The body is not valid JSON'],
    ['unclosed nesting', { body: '['.repeat(1e5), headers: type }, 'The body is not valid JSON'],
    ['no object', { json: [{ full_name: 'A' }] }, 'The body must be an object.'],
    [
      'a deeply nested list',
      { body: '['.repeat(1e5) + ']'.repeat(1e5), headers: type },
      'The body must be an object.',
    ],
    ['no UTF-8', { body: Buffer.from('"\u00e9"', 'latin1'), headers: type }, /UTF-8/],
    ['too many bytes', { body: large, headers: type }, /larger than 1048576 bytes/],
  ];

  it.each(wrong)('%s', async (_, input, message) => {
    const reply = await ask(api, 'createContact', own, { key: own.key, ...input });
    expectMessage(reply, 400, 'invalid_body', message);
  });
});

describe('Other refusals describe', () => {
  const requestUnknown = (id: OperationId) => ask(api, id, unknownIds, own);

  it('what was not found', async () => {
    for (const [id, name] of [
      ['getDossier', 'Dossier'],
      ['getContact', 'Contact'],
      ['listFlowStages', 'Flow'],
    ] as const) {
      expectMessage(await requestUnknown(id), 404, 'not_found', `${name} not found.`);
    }
    const link = { contact_id: unknownIds.free, role_on_dossier: 'other' };
    const linking = await ask(api, 'linkDossierContact', own, { key: own.key, json: link });
    expectMessage(linking, 404, 'not_found', 'Contact not found.');
    const sampleIds = { ...own, linked: own.free };
    const unlinking = await ask(api, 'unlinkDossierContact', sampleIds, own);
    expectMessage(unlinking, 404, 'not_found', /is not linked/);
    const path = await api.call('GET', '/nowhere', own);
    expectMessage(path, 404, 'not_found', 'There is no operation at this path and method.');
  });

  it('that a contact with the address exists', async () => {
    const json = { full_name: 'A', email: 'MARK@x.example' };
    const reply = await ask(api, 'createContact', own, { key: own.key, json });
    expectMessage(reply, 409, 'duplicate_contact', /exists already/);
  });

  it('which scopes the key lacks', async () => {
    const key = await api.newKey(own.id, { scopes: [] });
    const reply = await ask(api, 'linkDossierContact', own, { key });
    expectMessage(reply, 403, 'forbidden', /lacks the scope contacts:write and dossiers:write\.$/);
  });

  it('which plan the organisation has, and which it needs', async () => {
    const { key } = await api.organization({ plan: 'free' });
    const reply = await api.call('GET', '/flows', { key });
    expectMessage(reply, 402, 'plan_required', /free.+growth/);
  });

  it('what is wrong with the key', async () => {
    const expires_at = '2026-01-01T00:00:00Z';
    const bare = own.key.slice(contract.keyPrefix.length);
    for (const [key, message] of [
      [`${own.key}x`, /not known/],
      [`sk_live_${bare}`, /start with lg_live_/],
      [await api.newKey(own.id, { scopes: [], expires_at }), /expired/],
    ] as const) {
      expectMessage(await api.call('GET', '/flows', { key }), 401, 'unauthorized', message);
    }
  });
});

describe('The order of refusals puts', () => {
  const spent = { rate_limit: { requests: 1, window_seconds: 60 } };
  const first: [string, number, () => Promise<Reply<unknown>>][] = [
    [
      'the expiry before the plan',
      401,
      async () => {
        const { id } = await api.organization({ plan: 'free' });
        const expires_at = '2026-01-01T00:00:00Z';
        return api.call('GET', '/flows', { key: await api.newKey(id, { scopes: [], expires_at }) });
      },
    ],
    [
      'the plan before the rate',
      402,
      async () => {
        const poor = await api.organization({ plan: 'pro', ...spent });
        await api.call('GET', '/flows', poor);
        return api.call('GET', '/flows', poor);
      },
    ],
    ['the query before the id', 400, () => ask(longList(), 'listDossierNotes', unknownIds, own)],
    ['the body before the id', 400, () => change(unknownIds, { full_name: '' })],
    ['the id before the address', 404, () => change(unknownIds, { email: 'mark@x.example' })],
    ['the body before the address', 400, () => change(own, { email: 'mark@x.example', kind: 5 })],
  ];
  const longList = () => ({
    ...api,
    call: ((method, path, input) =>
      api.call(method, `${path}?per_page=101`, input)) as typeof api.call,
  });
  const change = (sampleIds: typeof unknownIds, json: object) =>
    ask(api, 'updateContact', sampleIds, { key: own.key, json });

  it.each(first)('%s', async (_, status, send) => {
    expect((await send()).status).toBe(status);
  });
});
