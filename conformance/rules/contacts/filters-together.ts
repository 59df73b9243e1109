import { onRequest } from '../../liars/requests.ts';
import { defineRule } from '../../rule.ts';
import {
  anUnusedWord,
  contactKinds,
  createContacts,
  type Kind,
  type NewContact,
} from '../../world/contacts.ts';
import { eventually } from '../../world/eventually.ts';
import { walkPages } from '../../world/pages.ts';
import { expectReading } from '../../world/readings.ts';

/** Unlike one another, for who finds similar spellings too. */
const beginnings = ['Zwartkruis', 'Ondiep', 'Hemelvaart'];

export default defineRule({
  id: 'contacts/filters-together',
  level: 'MUST',
  verifies: ['LG-GEN-023', 'LG-GEN-015', 'LG-CON-005', 'LG-CON-012'],
  sentence: 'Kind and search together list and count the contacts that pass both.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const words: string[] = [];
    for (const text of beginnings) words.push(`${text}${await anUnusedWord(world, home)}`);
    const kinds = contactKinds(world.contract).slice(0, 3);
    const groups = [[], ...kinds.map((kind) => [kind]), [...kinds]];
    const fields = ['full_name', 'company', 'role'] as const;
    const drafts = words.flatMap((word, index): NewContact[] =>
      groups.map((kind) => ({ full_name: 'Noor', [fields[index] ?? 'role']: word, kind })),
    );
    const made = await createContacts(world, home, drafts);
    for (const search of words) {
      for (const kind of [[], ...kinds.map((one) => [one]), kinds.slice(0, 2)]) {
        const passing = (has: (own: readonly Kind[]) => boolean) =>
          made.filter((_, index) => {
            const { kind: own = [], ...texts } = drafts[index] ?? {};
            return Object.values(texts).includes(search) && (kind.length === 0 || has(own));
          });
        // Whether any of several kinds will do is a matter of decisions (LG-CON-007).
        const any = passing((own) => kind.some((one) => own.includes(one)));
        const each = passing((own) => kind.every((one) => own.includes(one)));
        const query = { search, kind, per_page: '2' };
        await eventually(world, async () => {
          const pages = await walkPages(home.all, 'listContacts', query, world.expect);
          expectReading(pages, any, each);
        });
      }
    }
  },
  // A server that lets the search win.
  liar: onRequest(['listContacts'], (request) => {
    const url = new URL(request.url);
    if (url.searchParams.has('search')) url.searchParams.delete('kind');
    return Promise.resolve(new Request(url, request));
  }),
});
