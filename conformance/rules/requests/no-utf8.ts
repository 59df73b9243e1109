import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';

/** Where the letter stands that is written in one byte, as in Latin-1. */
const mark = 'ë';

/** The name in a JSON body, by operation. */
const bodies = {
  createDossier: { type: 'candidate', name: `Zo${mark}` },
  createContact: { full_name: `Zo${mark}` },
} as const;

/** JSON in which the letter takes one byte, which UTF-8 has no use for. */
const inLatin = (body: object): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(JSON.stringify(body), (letter) => letter.charCodeAt(0));

export default defineRule({
  id: 'requests/no-utf8',
  level: 'SHOULD',
  verifies: ['LG-GEN-054'],
  sentence: 'A JSON body whose bytes are no UTF-8 is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const home = await organization();
    const headers = { 'content-type': 'application/json' };
    for (const id of ['createDossier', 'createContact'] as const) {
      expect.refusal(await home.all.send(id, { headers, body: inLatin(bodies[id]) }), 400);
      expect.success(await home.all.send(id, { headers, body: JSON.stringify(bodies[id]) }));
    }
  },
  // It reads what it can, with replacement characters for the rest.
  liar: onDraft(() => undefined),
});
