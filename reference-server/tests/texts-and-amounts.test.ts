import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import { expectRefusal, form, useLab, type Reply } from './lab.ts';
import { ask, furnish, jsonFor, type Furnished } from './operations.ts';
import { texts } from './texts.ts';

const lab = useLab();
type Row = Readonly<Record<string, unknown>>;
let own: Furnished;
beforeAll(async () => {
  own = await furnish(lab, { rate_limit: { requests: 100_000, window_seconds: 60 } });
});

const ofDossier = ['phone', 'company', 'role', 'intake_notes', 'contact_person'];
const ofContact = ['phone', 'linkedin_url', 'company', 'role', 'city', 'notes'];
/** Who takes text, in which fields: one that has to be filled, and optional ones. */
const takers: [OperationId, string, readonly string[]][] = [
  ['createDossier', 'name', ofDossier],
  ['updateDossier', 'name', ofDossier],
  ['createContact', 'full_name', ofContact],
  ['updateContact', 'full_name', ofContact],
  ['createDossierNote', 'content', []],
];

/** Sends these values beside what the operation needs, and answers the reply and what is read then. */
const put = async (id: OperationId, values: object): Promise<[Reply<Row>, Row | undefined]> => {
  const json = { ...jsonFor(id, own), ...values };
  const reply = await ask<Row>(lab, id, own, { key: own.key, json });
  if (reply.status >= 300) return [reply, undefined];
  const made = String(reply.body.data['id']);
  if (id === 'createDossierNote') {
    const path = `/dossiers/${own.dossier}/notes?per_page=100`;
    const notes = (await lab.call<Row[]>('GET', path, own)).body.data;
    return [reply, notes.find((note) => note['id'] === made)];
  }
  const path = `/${id.includes('Dossier') ? 'dossiers' : 'contacts'}/${made}`;
  return [reply, (await lab.call<Row>('GET', path, own)).body.data];
};

const fill = (names: readonly string[], text: string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, text]));

describe('Text', () => {
  const cases = Object.entries({ ...texts, 'a lone surrogate': '\ud83d', 'one character': 'é' });

  it.each(cases)(
    'with %s is kept to the last character (LG-GEN-039, LG-GEN-040, LG-GEN-055)',
    async (_, text) => {
      for (const [id, required, optional] of takers) {
        const values = fill([required, ...optional], text);
        const [reply, read] = await put(id, values);
        expect([reply.status < 300, reply.body.data]).toMatchObject([true, values]);
        expect(read).toMatchObject(values);
      }
    },
  );

  it.each(cases)(
    'with %s of a contact is shown with its links (LG-GEN-039, LG-GEN-040, LG-GEN-055)',
    async (_, text) => {
      const fresh = await furnish(lab);
      const json = { full_name: text, company: text };
      await ask(lab, 'updateContact', fresh, { key: fresh.key, json });
      expect((await ask(lab, 'linkDossierContact', fresh, fresh)).status).toBe(201);
      const { body } = await ask<Row[]>(lab, 'listDossierContacts', fresh, fresh);
      expect(body.data[0]).toMatchObject(json);
    },
  );

  it.each(takers.slice(0, 4))(
    'may be empty where %s can do without (LG-GEN-041)',
    async (id, _, optional) => {
      const values = fill(optional, '');
      const [reply, read] = await put(id, values);
      expect(reply.body.data).toMatchObject(values);
      expect(read).toMatchObject(values);
      const formed = id.includes('Dossier') ? ['email', 'deal_currency'] : ['email'];
      for (const name of formed) {
        expectRefusal((await put(id, { [name]: '' }))[0], 400, 'invalid_body', `${name} must be`);
      }
    },
  );

  it.each(takers)(
    'of %s may be as long as a body can be (LG-GEN-042)',
    async (id, required, optional) => {
      const long = 'x'.repeat(1_000_000);
      for (const name of [required, ...optional]) {
        const [reply, read] = await put(id, { [name]: long });
        expect([reply.status < 300, reply.body.data[name] === long]).toEqual([true, true]);
        expect(read?.[name] === long).toBe(true);
        await put(id, { [name]: 'short again' });
      }
    },
  );

  it('of an e-mail address may be as long (LG-GEN-042)', async () => {
    for (const id of ['createDossier', 'createContact'] as const) {
      const email = `${id}${'x'.repeat(1_000_000)}@x.example`;
      const [reply, read] = await put(id, { email });
      expect([reply.status, read?.['email'] === email]).toEqual([201, true]);
    }
  });
});

describe('An amount', () => {
  const amounts = [62_000, 1250.5, 0, 0.1, 19.99, 1e21, 123_456_789.123456, 9_007_199_254_740_991];

  it.each([...amounts, Number.MAX_VALUE, Number.MIN_VALUE])(
    'of %d is answered as that number, in whole units, by all who answer it (LG-GEN-011, LG-GEN-012, LG-GEN-013)',
    async (deal_size) => {
      const { key } = await lab.organization();
      const draft = { type: 'sales', name: 'A', deal_size: 1, deal_currency: 'EUR' };
      const created = await lab.call('POST', '/dossiers', { key, json: { ...draft, deal_size } });
      const one = await lab.call('POST', '/dossiers', { key, json: draft });
      const path = `/dossiers/${one.body.data.id}`;
      const replies: Reply<unknown>[] = [
        created,
        await lab.call('PATCH', path, { key, json: { deal_size } }),
        await lab.call('GET', path, { key }),
        await lab.call('GET', '/dossiers?per_page=1', { key }),
        await lab.call('DELETE', path, { key }),
      ];
      for (const { text } of replies) {
        expect(text).toContain(`"deal_size":${JSON.stringify(deal_size)},"deal_currency":"EUR"`);
      }
    },
  );

  it('may be written in every form of JSON’s numbers (LG-GEN-012, LG-GEN-013)', async () => {
    const headers = { 'Content-Type': 'application/json' };
    for (const [written, read] of [
      ['6.2e4', 62_000],
      ['62000.00', 62_000],
      ['125E-2', 1.25],
    ]) {
      const body = `{"type":"sales","name":"A","deal_size":${String(written)}}`;
      const reply = await lab.call('POST', '/dossiers', { key: own.key, body, headers });
      expect(reply.text).toContain(`"deal_size":${String(read)},`);
    }
  });

  it('is a number too when it came as text in a form (LG-GEN-011, LG-GEN-013)', async () => {
    const body = form({ type: 'sales', name: 'A', deal_size: '1250.50' });
    const reply = await lab.call('POST', '/dossiers', { key: own.key, body });
    expect(reply.text).toContain('"deal_size":1250.5,');
  });

  it('beyond all numbers is none', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const body = '{"type":"sales","name":"A","deal_size":1e999}';
    const reply = await lab.call('POST', '/dossiers', { key: own.key, body, headers });
    expectRefusal(reply, 400, 'invalid_body', /^deal_size must be a number/);
  });
});
