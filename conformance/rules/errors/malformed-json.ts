import fc from 'fast-check';
import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

/** Without its last character. */
const cutLast = (json: string): string => json.slice(0, -1);

/** What follows a value makes the text none, even where it is a value itself; blanks do not count. */
const trailing = [
  ...['x', ' x', '\nx', ',', ';', ']', ' null', ' {}', '{}', ' []', '\0'],
  '\n{"type":"sales","name":"Second"}',
];

/** Texts that are no JSON, made from one that is an object of some fields. */
const spoilt: readonly ((json: string, place: number) => string)[] = [
  // Before its last character, the text of an object is never whole.
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

export default defineRule({
  id: 'errors/malformed-json',
  level: 'MUST',
  verifies: ['LG-ERR-015'],
  sentence:
    'A body that is announced as JSON is refused where it is no JSON text, or more than one.',
  needs: [],
  check: async ({ operations, organization, property, expect }) => {
    const home = await organization();
    const headers = { 'content-type': 'application/json' };
    const takesJson = operations.filter(({ body }) => 'application/json' in body);
    for (const { id } of takesJson) {
      const request = await home.prepare(id);
      const json = JSON.stringify(request.body);
      const send = (body: string) => home.all.send(id, { ...request, headers, body });
      for (const spoil of [...spoilt.slice(1), cutLast]) {
        expect.refusal(await send(spoil(json, 0)), 400);
      }
      await property(
        [fc.constantFrom(...spoilt), fc.nat({ max: 999 })],
        async (spoil, place) => {
          expect.refusal(await send(spoil(json, place)), 400);
        },
        20,
      );
      expect.success(await send(json));
    }
  },
  // It reads what it can of a text that was cut off.
  liar: onDraft((draft) => {
    if (draft.body?.startsWith('{') && !draft.body.endsWith('}')) {
      draft.body = JSON.stringify({ type: 'candidate', name: 'Noor Bakker' });
    }
  }),
});
