import { expectNoServerErrors, type WrongRequest } from '../../assertions/requests.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { bodyFields, type Field } from '../../contract/fields.ts';
import { crashOn } from '../../faults/refusals.ts';
import { addFile } from '../../fixtures/forms.ts';
import { aCv } from '../../generators/files.ts';
import { Form } from '../../http/form.ts';

/** Malformed ids; gateways forward each of them, or refuse it themselves. */
const malformed: readonly string[] = [
  ...['none', '0', '-1', 'null', "' or 1=1 --", '5f0c9a52-1d3e-4b7a-9c46', 'x'.repeat(300)],
];

const wrongIds = defineRule({
  id: 'errors/wrong-ids',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A malformed id in a path never returns a status of 500 or above.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, parameters } of context.operations) {
      const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      if (names.length === 0) continue;
      const request = await org.prepare(id);
      const wrong = names.flatMap((name) =>
        malformed.map((value): WrongRequest => ({
          ...{ ...request, path: { ...request.path, [name]: value } },
          wrong: `${JSON.stringify(value.slice(0, 40))} as ${name} in its path`,
        })),
      );
      await expectNoServerErrors(org, id, wrong);
    }
  },
  fault: crashOn(({ operation, url }) => operation === 'getContact' && url.pathname.endsWith('/0')),
});

/** Invalid numbers, ids and values of enumerations. */
const values: readonly string[] = [
  ...['', 'none', '-1', '1.5', '99999999999999999999999', 'null', '\0', "' or 1=1 --", '%_\\'],
];

/** Notations that some servers read as a list or an object. */
const variants: readonly ((name: string) => string)[] = [
  (name) => `${name}[]`,
  (name) => `${name}[a]`,
  (name) => `${name}.a`,
];

const wrongQueries = defineRule({
  id: 'errors/wrong-queries',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence: 'A query with an invalid or repeated value never returns a status of 500 or above.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, parameters } of context.operations) {
      const names = parameters.filter((one) => one.in === 'query').map(({ name }) => name);
      if (names.length === 0) continue;
      const request = await org.prepare(id);
      const send = (name: string, value: string | readonly string[]): WrongRequest => ({
        ...{ ...request, query: { [name]: value } },
        wrong: `${name}=${[value].flat().join()}`,
      });
      const wrong = names.flatMap((name) => [
        ...values.map((value) => send(name, value)),
        ...variants.map((spell) => send(spell(name), 'none')),
        send(name, ['none', '1']),
      ]);
      await expectNoServerErrors(org, id, wrong);
    }
  },
  fault: crashOn(({ operation, url }) => {
    const size = url.searchParams.get('per_page');
    return operation === 'listContacts' && size !== null && !/^\d+$/.test(size);
  }),
});

/** Values of other types, malformed references, and strings that aren't valid UTF-8. */
const wrongValues = ({ types }: Field): unknown[] => {
  const others = [{}, [null], ...(types.has('null') ? [] : [null])];
  if (types.has('string')) return [...others, 5, 'none\0', '\uD800'];
  return [...others, 'none', ...(types.has('boolean') ? [5] : [true])];
};

const wrongMembers = defineRule({
  id: 'errors/wrong-members',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence:
    'A body field with a wrong type or an invalid value never returns a status of 500 or above.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, body: media } of context.operations) {
      if (!('application/json' in media)) continue;
      const request = await org.prepare(id);
      const right = request.body as object;
      const send = (name: string, value: unknown): WrongRequest => ({
        ...{ ...request, body: { ...right, [name]: value } },
        wrong: `${JSON.stringify(value)} as ${name}`,
      });
      const wrong = bodyFields(context.contract, id).flatMap((field) =>
        wrongValues(field).map((value) => send(field.name, value)),
      );
      const withoutName = ['', '__proto__', 'toString'].map((name) => send(name, { name: 5 }));
      await expectNoServerErrors(org, id, [...wrong, ...withoutName]);
    }
  },
  fault: crashOn(({ operation, json }) => {
    const { notes } = (json ?? {}) as { notes?: unknown };
    return operation === 'updateContact' && typeof notes === 'number';
  }),
});

/** JSON values other than objects, and invalid JSON. */
const texts = (right: string): string[] => [
  ...['null', 'true', '42', '"text"', '[]', '[null]', '[[]]', `[${right}]`],
  ...[JSON.stringify(right), '', ' ', '{', '{"name"', 'name=Noor', '<name>Noor</name>'],
  `${'['.repeat(500)}${']'.repeat(500)}`,
];

/** Media types that are wrong, undocumented or malformed. */
const types: readonly (string | null)[] = [
  ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  ...['application/json; charset=none', 'json', ';', null],
];

const wrongBodies = defineRule({
  id: 'errors/wrong-bodies',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence:
    "A body that isn't a JSON object, or has a wrong media type, never returns a status of 500 or above.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, body: media } of context.operations) {
      if (!('application/json' in media)) continue;
      const request = await org.prepare(id);
      const right = JSON.stringify(request.body);
      const bodies = texts(right).map((body): WrongRequest => ({
        ...{ ...request, body, wrong: `the body ${body.slice(0, 40)}` },
        headers: { 'content-type': 'application/json' },
      }));
      // As bytes, so that fetch adds no media type.
      const bytes = new TextEncoder().encode(right);
      const labels = types.map((type): WrongRequest => ({
        ...{ ...request, body: bytes, wrong: `the media type ${type ?? 'left out'}` },
        headers: { 'content-type': type },
      }));
      const latin: WrongRequest = {
        ...{ ...request, body: Uint8Array.from([...bytes.slice(0, -1), 0x2c, 0x22, 0xe9, 0x22]) },
        ...{
          wrong: "a body that isn't valid UTF-8",
          headers: { 'content-type': 'application/json' },
        },
      };
      const none: WrongRequest = { ...request, body: undefined, wrong: 'no body' };
      await expectNoServerErrors(org, id, [...bodies, ...labels, latin, none]);
    }
  },
  fault: crashOn(({ operation, json }) => operation === 'createDossierNote' && Array.isArray(json)),
});

/** A form with these parts, for any operation. */
const formWith = (fill: (form: Form) => void): Form => {
  const form = new Form();
  form.set('type', 'candidate');
  form.set('name', 'Noor Bakker');
  fill(form);
  return form;
};

const forms: Readonly<Record<string, (form: Form) => void>> = {
  'a text as cv': (form) => {
    form.set('cv', 'no file');
  },
  'two files as cv': (form) => {
    addFile(form, 'cv', aCv());
    addFile(form, 'cv', aCv());
  },
  'a file in an unknown field': (form) => {
    addFile(form, 'photo', aCv());
  },
  'a file as name': (form) => {
    form.delete('name');
    addFile(form, 'name', aCv());
  },
  'an empty file': (form) => {
    addFile(form, 'cv', aCv(new Uint8Array()));
  },
  "a file that isn't a PDF": (form) => {
    addFile(form, 'cv', aCv(new TextEncoder().encode('no PDF')));
  },
  'an unknown type': (form) => {
    form.set('type', 'none');
  },
};

/** Texts that aren't forms, whatever their media type. */
const notForms: readonly string[] = [
  '',
  'no form',
  '--x',
  '--x--',
  '--x\r\n\r\n',
  '{"type":"sales"}',
];

const labels: readonly string[] = ['multipart/form-data; boundary=x', 'multipart/form-data'];

const listWrongForms = (): WrongRequest[] => [
  ...Object.entries(forms).map(([wrong, fill]) => ({ body: formWith(fill), wrong })),
  ...labels.flatMap((label) =>
    notForms.map((text) => ({
      ...{ body: new TextEncoder().encode(text), headers: { 'content-type': label } },
      wrong: `${JSON.stringify(text)} as ${label}`,
    })),
  ),
  { body: new Form(), wrong: 'an empty form' },
];

const wrongForms = defineRule({
  id: 'errors/wrong-forms',
  level: 'MUST',
  verifies: ['LG-ERR-031'],
  sentence:
    'A form that is truncated or has undocumented parts never returns a status of 500 or above.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, body: media } of context.operations) {
      if (!('multipart/form-data' in media)) continue;
      const request = await org.prepare(id);
      const wrong = listWrongForms().map((one) => ({ ...request, headers: {}, ...one }));
      await expectNoServerErrors(org, id, wrong);
    }
  },
  fault: crashOn(
    ({ headers, text }) =>
      (headers.get('content-type')?.includes('form-data') ?? false) && text.includes('photo'),
  ),
});

export default [
  wrongIds,
  wrongQueries,
  wrongMembers,
  wrongBodies,
  wrongForms,
] satisfies readonly Rule[];
