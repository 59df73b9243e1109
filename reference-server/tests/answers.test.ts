import { describe, expect, it } from 'vitest';
import { schemaAt, type Operation, type OperationId } from '../../openapi/contract.ts';
import { propertiesOf, resolveNode, type SchemaNode } from '../http/schema-node.ts';
import { contract, useLab, type Reply } from './lab.ts';
import { ask, furnish, operations } from './operations.ts';
import { provocations } from './provocations.ts';

const lab = useLab();

/** Asks for an operation where it succeeds. */
const succeed = async ({ id }: Operation): Promise<Reply<unknown>> => {
  const own = await furnish(lab);
  return ask(lab, id, own, own);
};

const succeedsWith = (status: number) => async (operation: Operation) => {
  const reply = await succeed(operation);
  expect(reply.status).toBe(status);
};

/** The paths of all members that a value has, and of those that its schema names beside them. */
const membersOf = (value: unknown, schema: SchemaNode, at = ''): Members => {
  const node = resolveNode(contract, schema);
  if (Array.isArray(value)) {
    const items = (node['items'] ?? {}) as SchemaNode;
    return join(value.map((item) => membersOf(item, items, `${at}[]`)));
  }
  if (typeof value !== 'object' || value === null) return { has: [], named: [] };
  const properties = propertiesOf(contract, node);
  const own = {
    has: Object.keys(value).map((name) => `${at}.${name}`),
    named: [...properties.keys()].map((name) => `${at}.${name}`),
  };
  const inner = Object.entries(value).map(([name, part]) =>
    membersOf(part, properties.get(name) ?? {}, `${at}.${name}`),
  );
  return join([own, ...inner]);
};

interface Members {
  readonly has: readonly string[];
  readonly named: readonly string[];
}

const join = (parts: readonly Members[]): Members => ({
  has: parts.flatMap(({ has }) => has),
  named: parts.flatMap(({ named }) => named),
});

/** The members of a success, each path once for every time that it is there. */
const readMembers = async (operation: Operation) => {
  const { status, body } = await succeed(operation);
  const schema = operation.responses[status]?.content['application/json']?.schema ?? '#/';
  return membersOf(body, schemaAt(contract, schema));
};

const isCreation = ({ method, id }: Operation) => method === 'POST' && id !== 'uploadDossierCv';

describe('A success', () => {
  it.each(operations.filter(isCreation))(
    'of $id, a creation, is a 201 (LG-GEN-050)',
    succeedsWith(201),
  );

  it.each(operations.filter((one) => one.method !== 'GET' && !isCreation(one)))(
    'of $id, a change, is a 200 (LG-GEN-051)',
    succeedsWith(200),
  );

  it.each(operations.filter(({ method }) => method === 'GET'))(
    'of $id, a reading, is a 200 (LG-GEN-052)',
    succeedsWith(200),
  );

  it.each(operations)('comes of a permitted request for $id (LG-GEN-001)', async (operation) => {
    const own = await furnish(lab);
    const key = await lab.newKey(own.id, { scopes: operation.scopes });
    expect((await ask(lab, operation.id, own, { key })).status).toBe(operation.success);
  });

  it.each(operations)(
    'of $id is JSON, says so, and holds its result in data (LG-GEN-003, LG-GEN-004, LG-GEN-005)',
    async (operation) => {
      const { text, headers, body } = await succeed(operation);
      expect(headers.get('content-type')).toBe('application/json');
      expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text));
      const isList = operation.id.startsWith('list');
      expect(Object.keys(body)).toEqual(isList ? ['data', 'meta'] : ['data']);
      expect(Array.isArray(body.data)).toBe(isList);
      expect(body.data).toBeTypeOf('object');
      expect(body.data).not.toBeNull();
    },
  );

  it.each(operations)(
    'of $id has no members that the contract doesn’t name (LG-GEN-006)',
    async (operation) => {
      const { has, named } = await readMembers(operation);
      expect(has.filter((member) => !named.includes(member))).toEqual([]);
      expect(has.length).toBeGreaterThan(2);
    },
  );

  it.each(operations)(
    'of $id has all members, null where there is no value (LG-GEN-007)',
    async (operation) => {
      const { has, named } = await readMembers(operation);
      // As many times as it is named: once for each item of a list.
      expect([...has].sort()).toEqual([...named].sort());
    },
  );
});

describe('What a write has answered', () => {
  type Row = Readonly<Record<string, unknown>>;
  const read = async (path: string, key: string) =>
    (await lab.call<Row>('GET', path, { key })).body;

  const whole: [OperationId, string][] = [
    ['createDossier', '/dossiers'],
    ['updateDossier', '/dossiers'],
    ['archiveDossier', '/dossiers'],
    ['uploadDossierCv', '/dossiers'],
    ['createContact', '/contacts'],
    ['updateContact', '/contacts'],
  ];

  it.each(whole)('to %s is what all keys read from then on (LG-GEN-053)', async (id, path) => {
    const own = await furnish(lab);
    const another = await lab.newKey(own.id, { scopes: contract.scopes });
    const { data } = (await ask<Row>(lab, id, own, own)).body;
    for (const key of [own.key, another]) {
      expect((await read(`${path}/${String(data['id'])}`, key)).data).toEqual(data);
      const list = await lab.call<Row[]>('GET', path, { key });
      expect(list.body.data.filter((row) => row['id'] === data['id'])).toEqual([data]);
    }
  });

  it('to a note, a link or its end is in the list that follows (LG-GEN-053)', async () => {
    const own = await furnish(lab);
    const notes = () => read(`/dossiers/${own.dossier}/notes`, own.key);
    const links = () => read(`/dossiers/${own.dossier}/contacts`, own.key);
    const note = await ask(lab, 'createDossierNote', own, own);
    expect((await notes()).data).toMatchObject([{}, note.body.data]);
    await ask(lab, 'linkDossierContact', own, own);
    expect((await links()).data).toMatchObject([
      { contact_id: own.free },
      { contact_id: own.linked },
    ]);
    await ask(lab, 'unlinkDossierContact', own, own);
    expect((await links()).data).toMatchObject([{ contact_id: own.free }]);
  });

  it('to a deletion is that nothing finds the contact any more (LG-GEN-053)', async () => {
    const own = await furnish(lab);
    await ask(lab, 'deleteContact', own, own);
    expect((await ask(lab, 'getContact', own, own)).status).toBe(404);
    for (const query of ['', '?search=sophie', '?page=1&per_page=100']) {
      const { body } = await lab.call<Row[]>('GET', `/contacts${query}`, own);
      expect(body.data.map((row) => row['id'])).not.toContain(own.free);
    }
  });
});

describe('A refusal', () => {
  it.each(provocations)(
    'for $title is JSON and says so (LG-GEN-003, LG-GEN-004)',
    async ({ provoke }) => {
      const { text, headers, body } = await provoke(lab, await furnish(lab));
      expect(headers.get('content-type')).toBe('application/json');
      expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text));
      expect(Object.keys(body)).toEqual(['error']);
    },
  );

  it.each(provocations)(
    'for $title has no members beside code and message (LG-GEN-006)',
    async ({ provoke }) => {
      const { body } = await provoke(lab, await furnish(lab));
      expect(Object.keys(body.error)).toEqual(['code', 'message']);
    },
  );
});
