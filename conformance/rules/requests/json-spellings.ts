import { onDraft } from '../../liars/drafts.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { retrieve } from '../../world/sightings.ts';

const name = 'Zoë Çelik 𠮷野 小林';
const company = 'Tulp/Bakker "& Co."';
const amount = 62_000;

/** All but ASCII as escapes of UTF-16, as many programs write it. */
const escape = (json: string): string =>
  json.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** How widespread programs write the same JSON. */
const spellings: readonly ((json: string) => string)[] = [
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

export default defineRule({
  id: 'requests/json-spellings',
  level: 'MUST',
  verifies: ['LG-GEN-039', 'LG-DOS-019', 'LG-DOS-040'],
  sentence: 'JSON means the same whichever program has written it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const headers = { 'content-type': 'application/json' };
    for (const [index, spell] of spellings.entries()) {
      const own = { name: `${name} ${String(index)}`, company };
      const deal = { deal_size: amount, deal_currency: 'EUR' };
      const body = spell(JSON.stringify({ type: 'sales', ...own, ...deal }));
      const created = await home.all.send('createDossier', { headers, body });
      world.expect.success(created);
      const { id } = dataOf(created.json) as Dossier;
      const shown = await retrieve(world, home, id);
      expectEqual(shown.name.normalize('NFC'), own.name.normalize('NFC'), 'name');
      expectEqual(shown.deal_size, amount, 'deal_size');
      if (shown.company !== undefined) expectEqual(shown.company, company, 'company');
    }
  },
  // A server that takes each escape for a letter of its own.
  liar: onDraft((draft) => {
    draft.body = draft.body?.replaceAll(/\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g, '?');
  }),
});
