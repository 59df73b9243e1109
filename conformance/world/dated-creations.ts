import { findListedContact } from './contact-list.ts';
import { anUnusedWord, retrieveContact } from './contacts.ts';
import { findListed } from './dossier-list.ts';
import type { Exchange } from './exchange.ts';
import { formOf } from './forms.ts';
import { contactsOn } from './links.ts';
import { findNote } from './notes.ts';
import { readingOf, spanOf, type Reading } from './one-clock.ts';
import { dataOf, type NewDossier, type Organization } from './organization.ts';
import { retrieve } from './sightings.ts';
import type { World } from './world.ts';

/** Something that was created, and each moment that answers show for its creation. */
export interface DatedCreation {
  readonly exchange: Exchange;
  readonly readings: readonly (Reading | undefined)[];
}

type Judge = Pick<World, 'expect' | 'contract'>;
interface Dated {
  readonly id: string;
  readonly created_at?: string | null;
}

/** Creates a dossier by JSON and by a form with their contacts, a contact and a note. */
export const createDated = async (
  world: Judge,
  home: Organization,
): Promise<readonly DatedCreation[]> => {
  // A repetition of earlier creations may be answered with the first of them (LG-DOS-032).
  const word = await anUnusedWord(world, home);
  const draft: NewDossier = { type: 'candidate', name: `Created ${word}` };
  const byJson = await datedDossier(world, home, draft);
  const byForm = await datedDossier(world, home, formOf({ ...draft, name: `By form ${word}` }));
  const contact = await datedContact(world, home);
  const { id } = dataOf(byJson.exchange.json) as Dated;
  return [byJson, byForm, contact, await datedNote(world, home, id)];
};

const datedDossier = async (
  world: Judge,
  home: Organization,
  body: NewDossier | FormData,
): Promise<DatedCreation> => {
  const exchange = await home.all.send('createDossier', { body });
  world.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  const shown: [string, Dated][] = [
    ['the answer to the creation of a dossier', created],
    ['the dossier by its id', await retrieve(world, home, created.id)],
    ['the dossier in the list', await findListed(world, home, created.id)],
  ];
  for (const { contact_id: id } of await contactsOn(world, home, created.id)) {
    shown.push(['the contact of the dossier', await retrieveContact(world, home, id)]);
    shown.push([
      'the contact of the dossier in the list',
      await findListedContact(world, home, id),
    ]);
  }
  return dated(exchange, shown);
};

const datedContact = async (world: Judge, home: Organization): Promise<DatedCreation> => {
  const exchange = await home.all.send('createContact', { body: { full_name: 'Noor Bakker' } });
  world.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  return dated(exchange, [
    ['the answer to the creation of a contact', created],
    ['the contact by its id', await retrieveContact(world, home, created.id)],
    ['the contact in the list', await findListedContact(world, home, created.id)],
  ]);
};

const datedNote = async (world: Judge, home: Organization, id: string): Promise<DatedCreation> => {
  const request = { path: { id }, body: { content: 'Called' } };
  const exchange = await home.all.send('createDossierNote', request);
  world.expect.success(exchange);
  const created = dataOf(exchange.json) as Dated;
  return dated(exchange, [
    ['the answer to the creation of a note', created],
    ['the note in the list', await findNote(world, home, id, created.id)],
  ]);
};

const dated = (exchange: Exchange, shown: readonly [string, Dated][]): DatedCreation => ({
  exchange,
  readings: shown.map(([where, { created_at }]) =>
    readingOf(`created_at in ${where}`, created_at, spanOf(exchange)),
  ),
});
