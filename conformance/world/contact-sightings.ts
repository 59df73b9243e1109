import { findListedContact } from './contact-list.ts';
import {
  changeContact,
  createContact,
  retrieveContact,
  type Contact,
  type ContactChanges,
  type NewContact,
  type ShownContact,
} from './contacts.ts';
import { expectEqual } from './expectations.ts';
import type { Organization } from './organization.ts';
import { comparable as comparableText } from './sightings.ts';
import type { World } from './world.ts';

/** A contact that was just created or changed, as the three operations show it. */
export interface ContactSightings {
  readonly answered: ShownContact;
  readonly retrieved: Contact;
  readonly listed: Contact;
}

type ContactPlace = keyof ContactSightings;

export const contactPlaces: readonly ContactPlace[] = ['answered', 'retrieved', 'listed'];

const placeNames: Readonly<Record<ContactPlace, string>> = {
  answered: 'the answer to the creation or change',
  retrieved: 'the contact by its id',
  listed: 'the list',
};

type Judge = Pick<World, 'expect' | 'contract'>;

/** Creates a contact, then retrieves it and looks it up in the list. */
export const createAndSeeContact = async (
  world: Judge,
  home: Organization,
  draft: NewContact,
): Promise<ContactSightings> => seeContact(world, home, await createContact(world, home, draft));

/** Changes a contact, then retrieves it and looks it up in the list. */
export const changeAndSeeContact = async (
  world: Judge,
  home: Organization,
  id: string,
  changes: ContactChanges,
): Promise<ContactSightings> =>
  seeContact(world, home, await changeContact(world, home, id, changes));

/** Retrieves a contact that was just created or changed, and looks it up in the list. */
export const seeContact = async (
  world: Judge,
  home: Organization,
  answered: ShownContact,
): Promise<ContactSightings> => ({
  answered,
  retrieved: await retrieveContact(world, home, answered.id),
  listed: await findListedContact(world, home, answered.id),
});

/**
 * Each field has the value that was sent in the places that must show it, and no other value
 * anywhere. How it is written is a matter of decisions: see {@link comparable}.
 */
export const expectContactKept = (
  seen: ContactSightings,
  sent: Readonly<Record<string, unknown>>,
  places: readonly ContactPlace[],
): void => {
  for (const [name, value] of Object.entries(sent)) {
    for (const place of contactPlaces) {
      const shown = seen[place][name as keyof Contact];
      if (shown === undefined && !places.includes(place)) continue;
      const what = `${name} in ${placeNames[place]}`;
      expectEqual(comparable(name, shown), comparable(name, value), what);
    }
  }
};

/**
 * What of a value no decision touches: letters composed, of a phone number the digits, of kinds
 * the set, of an address the letters, of a profile its name.
 */
export const comparable = (name: string, value: unknown): unknown => {
  if (name === 'kind' && Array.isArray(value)) return [...(value as string[])].sort();
  if (typeof value !== 'string') return value ?? null;
  if (name === 'email') return value.toLowerCase();
  if (name === 'linkedin_url') return value.replace(/\/+$/, '').replace(/^.*\//, '').toLowerCase();
  return comparableText(name, value);
};
