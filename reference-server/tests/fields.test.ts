import { beforeAll, describe, expect, it } from 'vitest';
import type { Operation, OperationId } from '../../openapi/contract.ts';
import { schemaAt } from '../../openapi/contract.ts';
import { propertiesOf, typesOf } from '../http/schema-node.ts';
import { contract, expectRefusal, form, pdf, useLab, type Dossier } from './lab.ts';
import { ask, furnish, jsonFor, nowhere, taking, type Furnished } from './operations.ts';
import { likeness, portrait } from './portrait.ts';

const lab = useLab();
const takingJson = taking('application/json');
let own: Furnished;
beforeAll(async () => {
  own = await furnish(lab, { rate_limit: { requests: 100_000, window_seconds: 60 } });
});

/** The fields of a body by name, with the JSON types that the contract gives them. */
const fieldsOf = ({ body }: Operation): [string, ReadonlySet<string>][] => {
  const schema = schemaAt(contract, body['application/json']?.schema ?? '#/');
  return [...propertiesOf(contract, schema)].map(([name, node]) => [name, typesOf(contract, node)]);
};

/** Expects that an operation refuses the body that it would take but for these values. */
const expectRefused = async (id: OperationId, values: object, message?: RegExp) => {
  const json = { ...jsonFor(id, own), ...values };
  const reply = await ask(lab, id, own, { key: own.key, json });
  expectRefusal(reply, 400, 'invalid_body', message);
};

describe('A field', () => {
  const values = [42, 1.5, true, false, 'text', [], ['text'], {}, { a: 1 }];
  const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : typeof value);

  it.each(takingJson)(
    'of the wrong JSON type is refused by $id (LG-GEN-034, LG-ERR-028)',
    async (operation) => {
      const before = await portrait(lab, own.key);
      for (const [name, types] of fieldsOf(operation)) {
        const wrong = values.filter((value) => !types.has(typeOf(value)));
        expect(wrong.length).toBeGreaterThan(5);
        for (const value of wrong) {
          await expectRefused(operation.id, { [name]: value }, new RegExp(`^${name} must be`));
        }
      }
      expect(await portrait(lab, own.key)).toEqual(before);
    },
  );

  const required: [OperationId, string][] = [
    ['createDossier', 'type'],
    ['createDossier', 'name'],
    ['createContact', 'full_name'],
    ['linkDossierContact', 'contact_id'],
    ['linkDossierContact', 'role_on_dossier'],
    ['createDossierNote', 'content'],
  ];

  it.each(required)(
    'that %s requires, %s, has to be there (LG-ERR-013, LG-ERR-028)',
    async (id, name) => {
      const before = await portrait(lab, own.key);
      const rest = Object.fromEntries(
        Object.entries(jsonFor(id, own)).filter(([field]) => field !== name),
      );
      for (const json of [rest, { ...rest, [name.toUpperCase()]: 'A' }]) {
        const reply = await ask(lab, id, own, { key: own.key, json });
        expectRefusal(reply, 400, 'invalid_body', `${name} is required.`);
      }
      expect(await portrait(lab, own.key)).toEqual(before);
      const fresh = await furnish(lab);
      expect((await ask(lab, id, fresh, fresh)).status).toBe(201);
    },
  );

  it('that an upload requires, cv, has to be there (LG-ERR-013)', async () => {
    for (const body of [form({}), form({ name: 'A' }), form({ CV: 'x' })]) {
      const reply = await ask(lab, 'uploadDossierCv', own, { key: own.key, body });
      expectRefusal(reply, 400, 'invalid_body', 'cv is required.');
    }
    const good = { key: own.key, body: form({}, pdf()) };
    expect((await ask(lab, 'uploadDossierCv', own, good)).status).toBe(200);
  });

  const enumerated: [OperationId, string, (value: string) => unknown, string][] = [
    ['createDossier', 'type', (value) => value, 'sales'],
    ['updateDossier', 'status', (value) => value, 'won'],
    ['createContact', 'kind', (value) => ['client', value], 'partner'],
    ['updateContact', 'kind', (value) => ['client', value], 'supplier'],
    ['linkDossierContact', 'role_on_dossier', (value) => value, 'decision_maker'],
  ];

  it.each(enumerated)(
    'of %s, %s, takes the values of its list only (LG-ERR-014, LG-ERR-028)',
    async (id, name, wrap) => {
      const before = await portrait(lab, own.key);
      for (const value of ['other things', '', ' ', 'null', 'lead', 'open']) {
        await expectRefused(
          id,
          { [name]: wrap(value) },
          new RegExp(`^${name}(\\.1)? must be one of`),
        );
      }
      expect(await portrait(lab, own.key)).toEqual(before);
    },
  );

  it.each(enumerated)(
    'of %s, %s, is taken in small letters only (LG-GEN-028)',
    async (id, name, wrap, value) => {
      const capital = value.charAt(0).toUpperCase() + value.slice(1);
      for (const other of [capital, value.toUpperCase(), ` ${value}`, `${value} `]) {
        await expectRefused(
          id,
          { [name]: wrap(other) },
          new RegExp(`^${name}(\\.1)? must be one of`),
        );
      }
      const json = { ...jsonFor(id, own), [name]: wrap(value) };
      expect((await ask(lab, id, own, { key: own.key, json })).status).toBeLessThan(300);
    },
  );

  const references: [OperationId, string][] = [
    ['createDossier', 'contact_id'],
    ['createDossier', 'flow_id'],
    ['createDossier', 'assigned_to'],
    ['updateDossier', 'assigned_to'],
    ['updateDossier', 'current_stage_id'],
    ['linkDossierContact', 'contact_id'],
  ];

  it.each(references)('of %s, %s, is a UUID (LG-GEN-049)', async (id, name) => {
    const [uuid, bare] = [nowhere.flow, nowhere.flow.replaceAll('-', '')];
    for (const value of [
      '',
      '1',
      'me',
      bare,
      `{${uuid}}`,
      `${uuid} `,
      `${uuid}0`,
      `x${uuid.slice(1)}`,
    ]) {
      await expectRefused(id, { [name]: value }, new RegExp(`^${name} must be a UUID`));
    }
    const json = { ...jsonFor(id, own), [name]: uuid };
    const { body } = await ask(lab, id, own, { key: own.key, json });
    expect(body.error.message).not.toContain('UUID');
  });
});

describe('Null', () => {
  const creations = takingJson.filter(({ method }) => method === 'POST');

  it.each(creations)(
    'in a field that can do without stands for leaving it out in $id (LG-GEN-035)',
    async (operation) => {
      const optional = fieldsOf(operation).filter(([, types]) => types.has('null'));
      const nulls = Object.fromEntries(optional.map(([name]) => [name, null]));
      const left = Object.entries(jsonFor(operation.id, own)).filter(([name]) => !(name in nulls));
      const plain = Object.fromEntries(left);
      const replies = [];
      for (const json of [plain, { ...plain, ...nulls }]) {
        const fresh = await furnish(lab);
        const reply = await ask(lab, operation.id, fresh, {
          key: fresh.key,
          json: { ...json, ...('contact_id' in plain && { contact_id: fresh.free }) },
        });
        expect(reply.status).toBe(201);
        replies.push(likeness([reply.body, await portrait(lab, fresh.key)]));
      }
      expect(replies[1]).toEqual(replies[0]);
    },
  );

  const never: [OperationId, string][] = [
    ['createDossier', 'type'],
    ['createDossier', 'name'],
    ['createContact', 'full_name'],
    ['linkDossierContact', 'contact_id'],
    ['linkDossierContact', 'role_on_dossier'],
    ['linkDossierContact', 'is_primary'],
    ['createDossierNote', 'content'],
    ['createDossierNote', 'is_internal'],
  ];

  it.each(never)(
    'is refused by %s in %s (LG-GEN-036, LG-GEN-059, LG-ERR-028)',
    async (id, name) => {
      const before = await portrait(lab, own.key);
      await expectRefused(id, { [name]: null }, new RegExp(`^${name} must be`));
      expect(await portrait(lab, own.key)).toEqual(before);
    },
  );
});

describe('A field that the contract doesn’t name', () => {
  const strange = {
    ...{ x: 1, organization_id: nowhere.flow, __proto__x: {}, constructor: 'x', toString: null },
    ...{ dossier_id: nowhere.dossier, created_at: '2001-01-01T00:00:00Z', cv_url: 'x', cv: 'x' },
    ...{ id: nowhere.free, dossier_count: 9, deleted: true, unlinked: true, 'na\u0000me': 1 },
  };
  const known: { readonly [Id in OperationId]?: object } = {
    createDossier: { status: 'lost', current_stage_id: nowhere.flow, is_internal: false },
    updateDossier: { type: 'candidate', flow_id: nowhere.flow, contact_id: nowhere.free },
    createContact: { name: 'B', is_primary: true },
    updateContact: { name: 'B', dossiers: [] },
  };

  it.each(takingJson)('is passed over by $id (LG-GEN-033)', async ({ id }) => {
    const [fresh, twin] = [await furnish(lab), await furnish(lab)];
    const json = { ...strange, ...known[id], ...jsonFor(id, fresh) };
    const reply = await ask(lab, id, fresh, { key: fresh.key, json });
    const expected = await ask(lab, id, twin, twin);
    expect(reply.status).toBe(expected.status);
    expect(likeness(reply.body)).toEqual(likeness(expected.body));
    const seen = [await portrait(lab, fresh.key), await portrait(lab, twin.key)].map(likeness);
    expect(seen[0]).toEqual(seen[1]);
  });

  it('is passed over in the form of a CV too, whether text or file (LG-GEN-033)', async () => {
    const body = form({ name: 'Renamed', status: 'won', x: '1' }, pdf());
    body.append('photo', new Blob(['not a pdf']), 'photo.png');
    const fresh = await furnish(lab);
    const reply = await ask<Dossier>(lab, 'uploadDossierCv', fresh, { key: fresh.key, body });
    expect([reply.status, reply.body.data]).toMatchObject([
      200,
      { name: 'Talent rollout', status: 'active' },
    ]);
  });

  it('does no harm when every object has one of that name', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const only = '{"__proto__":{"full_name":"A"}}';
    const refused = await ask(lab, 'createContact', own, { key: own.key, body: only, headers });
    expectRefusal(refused, 400, 'invalid_body', 'full_name is required.');
    const body = '{"full_name":"A","__proto__":{"city":"B"},"constructor":1,"toString":null}';
    const made = await ask<object>(lab, 'createContact', own, { key: own.key, body, headers });
    expect([made.status, made.body.data]).toMatchObject([201, { full_name: 'A', city: null }]);
  });
});
