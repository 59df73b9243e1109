import { dataOf } from '../../context/answers.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import { onMutableRequest } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createContact, updateContact } from '../../fixtures/contacts.ts';
import { retrieveDossier } from '../../fixtures/dossiers.ts';

const bodyObject = defineRule({
  id: 'requests/body-object',
  level: 'SHOULD',
  verifies: ['LG-GEN-037'],
  sentence: "A JSON body that isn't an object is refused.",
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await org.prepare(id);
      const right = JSON.stringify(request.body);
      const send = (body: string) =>
        org.all.send(id, { ...request, body, headers: { 'content-type': 'application/json' } });
      const wrong = ['null', 'true', '42', '"text"', '[]', `[${right}]`, JSON.stringify(right)];
      for (const body of wrong) expect.refusal(await send(body), 400);
      expect.success(await send(right));
    }
  },
  // A server that uses the first item of an array.
  fault: onMutableRequest((draft) => {
    if (draft.body?.startsWith('[{') === true) draft.body = draft.body.slice(1, -1);
  }),
});

const changesNoBody = defineRule({
  id: 'changes/no-body',
  level: 'SHOULD',
  verifies: ['LG-GEN-038'],
  sentence: 'An update of a dossier without a body is refused.',
  needs: [],
  check: async ({ operations, organization, expect }) => {
    const org = await organization();
    for (const { id } of operations.filter(({ method }) => method === 'PATCH')) {
      const { path = {}, body } = await org.prepare(id);
      for (const headers of [{}, { 'content-type': 'application/json' }]) {
        expect.refusal(await org.all.send(id, { path, headers }), 400);
      }
      expect.success(await org.all.send(id, { path, body }));
    }
  },
  // A server that treats a missing body as an empty object.
  fault: onMutableRequest((draft) => {
    if (draft.method !== 'PATCH' || draft.body) return;
    draft.headers.set('content-type', 'application/json');
    draft.body = '{}';
  }),
});

const contactsNoBody = defineRule({
  id: 'contacts/no-body',
  level: 'SHOULD',
  verifies: ['LG-GEN-038', 'LG-GEN-037'],
  sentence: "An update of a contact without a body, or with one that isn't an object, is refused.",
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createContact(org, { full_name: 'Noor Bakker' });
    const path = { id };
    const headers = { 'content-type': 'application/json' };
    context.about('LG-GEN-038');
    context.expect.refusal(await org.all.send('updateContact', { path }), 400);
    for (const body of ['', 'null', '[]', '"Noor"', '42', 'true']) {
      const change = { path, headers, body };
      context.about(body === '' ? 'LG-GEN-038' : 'LG-GEN-037');
      context.expect.refusal(await org.all.send('updateContact', change), 400);
    }
    await updateContact(org, id, { full_name: 'Iris' });
  },
  fault: acceptRefused(400),
});

const name = 'Zoë Çelik 𠮷野 小林';

const company = 'Tulp/Bakker "& Co."';

const amount = 62_000;

/** Everything except ASCII as UTF-16 escapes, as many programs write it. */
const escape = (json: string): string =>
  json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** How common programs write the same JSON. */
const variants: readonly ((json: string) => string)[] = [
  escape,
  (json) => escape(json).replaceAll(/\\u[0-9a-f]{4}/g, (one) => `\\u${one.slice(2).toUpperCase()}`),
  (json) => json.replaceAll('/', '\\/'),
  (json) => json.replace(String(amount), '62000.00'),
  (json) => json.replace(String(amount), '6.2e4'),
  (json) => json.replace(String(amount), '6.2E+4'),
  (json) => ` \r\n\t${JSON.stringify(JSON.parse(json), undefined, '\t')}\n`,
  (json) =>
    JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(json) as object).reverse())),
];

const jsonSpellings = defineRule({
  id: 'requests/json-spellings',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-019', 'LG-DOS-040'],
  sentence: 'All ways to write the same JSON value have the same meaning.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const headers = { 'content-type': 'application/json' };
    for (const [index, spell] of variants.entries()) {
      const own = { name: `${name} ${String(index)}`, company };
      const deal = { deal_size: amount, deal_currency: 'EUR' };
      const body = spell(JSON.stringify({ type: 'sales', ...own, ...deal }));
      context.about('LG-DOS-019');
      const created = await org.all.send('createDossier', { headers, body });
      context.expect.success(created);
      const { id } = dataOf(created.json) as Dossier;
      const shown = await retrieveDossier(org, id);
      context.about('LG-GEN-039');
      expectEqual(shown.name.normalize('NFC'), own.name.normalize('NFC'), 'name');
      context.about('LG-DOS-040');
      expectEqual(shown.deal_size, amount, 'deal_size');
      context.about('LG-GEN-039');
      if (shown.company !== undefined) expectEqual(shown.company, company, 'company');
    }
  },
  // A server that decodes each half of a surrogate pair alone.
  fault: onMutableRequest((draft) => {
    draft.body = draft.body?.replaceAll(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '?');
  }),
});

/** The position of a letter that has one byte in Latin-1. */
const mark = 'ë';

/** The name in a JSON body, by operation. */
const bodies = {
  createDossier: { type: 'candidate', name: `Zo${mark}` },
  createContact: { full_name: `Zo${mark}` },
} as const;

/** JSON with that letter as one byte, which is invalid UTF-8. */
const inLatin = (body: object): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(JSON.stringify(body), (letter) => letter.charCodeAt(0));

const noUtf8 = defineRule({
  id: 'requests/no-utf8',
  level: 'SHOULD',
  verifies: ['LG-GEN-054'],
  sentence: "A JSON body that isn't valid UTF-8 is refused.",
  needs: [],
  check: async ({ organization, expect }) => {
    const org = await organization();
    const headers = { 'content-type': 'application/json' };
    for (const id of ['createDossier', 'createContact'] as const) {
      expect.refusal(await org.all.send(id, { headers, body: inLatin(bodies[id]) }), 400);
      expect.success(await org.all.send(id, { headers, body: JSON.stringify(bodies[id]) }));
    }
  },
  // A server that decodes invalid bytes as replacement characters.
  fault: onMutableRequest(() => undefined),
});

const bodySize = defineRule({
  id: 'requests/body-size',
  level: 'SHOULD',
  verifies: ['LG-GEN-043'],
  sentence: 'A JSON body of up to the limit is read, and a body with one byte more is refused.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    const headers = { 'content-type': 'application/json' };
    for (const { id, body: media } of operations) {
      if (!('application/json' in media)) continue;
      const request = await org.prepare(id);
      // White space between JSON's tokens has no meaning, so that only the size is invalid.
      const send = (bytes: number) => {
        const body = JSON.stringify(request.body).padEnd(bytes, ' \n');
        return org.all.send(id, { ...request, body, headers });
      };
      expect.refusal(await send(contract.jsonBodyLimit + 1), 400);
      expect.success(await send(contract.jsonBodyLimit));
    }
  },
  // A server that reads bodies of any size.
  fault: onMutableRequest((draft) => {
    draft.body = draft.body?.trim();
  }),
});

export default [
  bodyObject,
  changesNoBody,
  contactsNoBody,
  jsonSpellings,
  noUtf8,
  bodySize,
] satisfies readonly Rule[];
