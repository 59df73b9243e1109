import { keepBook } from '../../liars/ledger.ts';
import { someOfEach, weighted } from '../../model/alphabet.ts';
import { anAddressCommand } from '../../model/commands/addresses.ts';
import { aDeletion } from '../../model/commands/contacts.ts';
import { runSequences } from '../../model/sequence.ts';
import { defineRule, type Liar } from '../../rule.ts';

/** Frees the first address of a contact that is deleted, and not the one that it had last. */
const freeFirst: Liar = (fetch, name) => {
  const last = new Map<unknown, string>();
  const changed = new Set<unknown>();
  const taken = new Set<string>();
  const book = keepBook(fetch, name, ({ operation, ids: [id], sent, answered }) => {
    const contact = operation === 'createContact' ? answered['id'] : id;
    if (operation === 'updateContact') changed.add(contact);
    if (typeof sent['email'] === 'string') last.set(contact, sent['email'].toLowerCase());
    const kept = operation === 'deleteContact' && changed.has(contact) && last.get(contact);
    if (kept) taken.add(kept);
  });
  return async (request) => {
    const sent = request.body === null ? '' : await request.clone().text();
    const wants = [...taken].some((address) => sent.toLowerCase().includes(address));
    const response = await book(request);
    if (!wants || !response.ok || request.url.includes('/dossiers')) return response;
    const error = { code: 'duplicate_contact', message: 'Somebody has this address.' };
    return new Response(JSON.stringify({ error }), { status: 409, headers: response.headers });
  };
};

export default defineRule({
  id: 'sequences/address-through-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-032', 'LG-CON-033', 'LG-CON-059', 'LG-CON-060', 'LG-CON-061'] as const),
    ...(['LG-CON-062', 'LG-CON-078'] as const),
  ],
  sentence: 'An address is taken as long as one contact has it, and free before and after.',
  needs: [],
  check: (world) =>
    runSequences(world, {
      commands: weighted([6, anAddressCommand()], [2, aDeletion()]),
      aspects: ['fields'],
      prelude: someOfEach,
    }),
  liar: freeFirst,
});
