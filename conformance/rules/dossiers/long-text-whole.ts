import { onSent } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { expectPermittedRefusal } from '../../world/permitted-refusals.ts';
import { expectKept, see, type Place } from '../../world/sightings.ts';

/** Each one longer than what a usual column holds, and shorter than the next usual one. */
const lengths = [20, 60, 101, 256, 1_025, 4_097, 65_537];

/** The texts of a sales dossier, with the places that must show them. */
const fields: Readonly<Record<string, readonly Place[]>> = {
  name: ['created', 'retrieved', 'listed'],
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ role: [], intake_notes: [] },
};

/** A text of so many letters, some of which take two bytes; its end shows that it is whole. */
const textOf = (length: number): string =>
  'Zoë Çelik, '
    .repeat(length)
    .slice(0, length - 4)
    .trim() + '.end';

export default defineRule({
  id: 'dossiers/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'A text that is too long is refused, and any other is kept to its end.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    for (const [field, places] of Object.entries(fields)) {
      const home = await world.organization();
      for (const length of lengths) {
        const text = textOf(length);
        const body = { type: 'sales', name: 'Tulp Logistics', [field]: text };
        const exchange = await home.all.send('createDossier', { body });
        const { status } = exchange.response;
        // What is too long, above some usual length, is a matter of decisions.
        if (length > 20 && status >= 400) {
          expectPermittedRefusal(world, exchange, [400, 413, 422]);
          continue;
        }
        world.expect.success(exchange);
        const seen = await see(world, home, dataOf(exchange.json) as Dossier);
        expectKept(seen, { [field]: text }, places);
      }
    }
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    company: typeof body['company'] === 'string' ? body['company'].slice(0, 255) : null,
  })),
});
