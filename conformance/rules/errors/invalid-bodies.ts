import fc from 'fast-check';
import { expectStatusOfCode, formRequest } from '../../assertions/refusals.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { bodyFields, enumeratedFields } from '../../contract/fields.ts';
import { onForm } from '../../faults/files.ts';
import { onFields, onMutableRequest } from '../../faults/inject.ts';
import { anUnlistedValue } from '../../generators/values.ts';
import type { Form } from '../../http/form.ts';

const missingField = defineRule({
  id: 'errors/missing-field',
  level: 'MUST',
  verifies: ['LG-ERR-013', 'LG-ERR-009'],
  sentence: 'A body that lacks a required field is refused.',
  needs: [],
  check: async (context) => {
    const { contract, operations, organization, expect, about } = context;
    const org = await organization();
    for (const { id } of operations) {
      const required = bodyFields(contract, id).filter((field) => field.required);
      for (const { name } of required) {
        const request = await org.prepare(id);
        const body = { ...(request.body as object), [name]: undefined };
        const exchange = await org.all.send(id, { ...request, body });
        about('LG-ERR-009');
        expectStatusOfCode(context, exchange, 400);
        about('LG-ERR-013');
        expect.refusal(exchange, 400);
        expect.success(await org.all.send(id, request));
      }
    }
  },
  // A server with a default name.
  fault: onFields((fields) => {
    fields['name'] ??= 'Unnamed';
  }),
});

const unknownValue = defineRule({
  id: 'errors/unknown-value',
  level: 'MUST',
  verifies: ['LG-ERR-014'],
  sentence: 'A body with a string outside the enumeration of its field is refused.',
  needs: [],
  check: async ({ contract, operations, organization, property, expect }) => {
    const org = await organization();
    for (const operation of operations) {
      const { id } = operation;
      const expectRefused = async (name: string, value: unknown) => {
        const request = await org.prepare(id);
        const body = { ...(request.body as object), [name]: value };
        expect.refusal(await org.all.send(id, { ...request, body }), 400);
        expect.success(await org.all.send(id, request));
      };
      for (const field of enumeratedFields(contract, operation)) {
        const { name, several } = field;
        const [known] = field.values;
        await property([anUnlistedValue(field)], async (value) => {
          // If a field has several values, each position is checked.
          const wrong = several ? [[value], [known, value], [value, known]] : [value];
          for (const one of wrong) await expectRefused(name, one);
        });
      }
    }
  },
  // A server that stores every unknown type as candidate.
  fault: onFields((fields) => {
    if (fields['type'] !== 'sales') fields['type'] = 'candidate';
  }),
});

/** The form of a dossier with these fields changed. */
const changed = (change: (form: Form) => void) => {
  const { body } = formRequest('Noor Bakker');
  change(body as Form);
  return { body };
};

const formFields = defineRule({
  id: 'errors/form-fields',
  level: 'MUST',
  verifies: ['LG-ERR-013', 'LG-ERR-014'],
  sentence: 'A form that lacks a required field or has a string outside an enumeration is refused.',
  needs: [],
  check: async ({ contract, organization, property, expect, about }) => {
    const org = await organization();
    const send = (change: (form: Form) => void) => org.all.send('createDossier', changed(change));
    for (const { name, required, values } of bodyFields(contract, 'createDossier')) {
      if (!required) continue;
      about('LG-ERR-013');
      expect.refusal(
        await send((form) => {
          form.delete(name);
        }),
        400,
      );
      if (!values) continue;
      await property([anUnlistedValue({ values, required })], async (value) => {
        about('LG-ERR-014');
        const exchange = await send((form) => {
          form.set(name, value);
        });
        expect.refusal(exchange, 400);
      });
    }
    expect.success(await send(() => undefined));
  },
  // A server that stores every unknown type as candidate.
  fault: onForm(['createDossier'], (form) => {
    if (form.get('type') !== 'sales') form.set('type', 'candidate');
    return form;
  }),
});

/** The text without its last character. */
const cutLast = (json: string): string => json.slice(0, -1);

/** Text after the JSON value makes the body invalid, even another value; white space doesn't. */
const trailing = [
  ...['x', ' x', '\nx', ',', ';', ']', ' null', ' {}', '{}', ' []', '\0'],
  '\n{"type":"sales","name":"Second"}',
];

/** Invalid JSON, made from a JSON object with fields. */
const malformed: readonly ((json: string, place: number) => string)[] = [
  // Before its last character, an object is never complete.
  (json, place) => json.slice(0, 1 + (place % (json.length - 1))),
  (json) => `${json}}`,
  ...trailing.map((more) => (json: string) => json + more),
  (json) => json + json,
  (json) => json.slice(1),
  (json) => json.replace(/\}$/, ',}'),
  (json) => json.replaceAll('"', "'"),
  (json) => json.replace(/\}$/, ',"phone":undefined}'),
  (json) => json.replaceAll(/"(\w+)":/g, '$1:'),
  (json) => json.replace(/\}$/, '/* the end */}'),
  (json) => `// a comment\n${json}`,
  (json) => json.replace('"', '"\n'),
  (json) => json.replace('"', '"\\x41'),
  ...['NaN', 'Infinity', '007', '+1', '0x1F', '1.', "'x'"].map(
    (value) => (json: string) => json.replace(/\}$/, `,"deal_size":${value}}`),
  ),
  () => 'type=candidate&name=Noor',
];

const malformedJson = defineRule({
  id: 'errors/malformed-json',
  level: 'MUST',
  verifies: ['LG-ERR-015'],
  sentence: "A body that is declared as JSON but isn't exactly one JSON value is refused.",
  needs: [],
  check: async ({ operations, organization, property, expect }) => {
    const org = await organization();
    const headers = { 'content-type': 'application/json' };
    const takesJson = operations.filter(({ body }) => 'application/json' in body);
    for (const { id } of takesJson) {
      const request = await org.prepare(id);
      const json = JSON.stringify(request.body);
      const send = (body: string) => org.all.send(id, { ...request, headers, body });
      for (const malform of [...malformed.slice(1), cutLast]) {
        expect.refusal(await send(malform(json, 0)), 400);
      }
      await property(
        [fc.constantFrom(...malformed), fc.nat({ max: 999 })],
        async (malform, place) => {
          expect.refusal(await send(malform(json, place)), 400);
        },
        20,
      );
      expect.success(await send(json));
    }
  },
  // A server that reads the valid part of a truncated text.
  fault: onMutableRequest((draft) => {
    if (draft.body?.startsWith('{') && !draft.body.endsWith('}')) {
      draft.body = JSON.stringify({ type: 'candidate', name: 'Noor Bakker' });
    }
  }),
});

export default [missingField, unknownValue, formFields, malformedJson] satisfies readonly Rule[];
