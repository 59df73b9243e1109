import { comparable } from '../../world/contact-sightings.ts';
import { learnedOfContact } from './contacts.ts';
import { expectFacts, learn, type Facts } from './facts.ts';

const always = ['full_name', 'kind'];

/** Where a contact is shown, with the fields that the documentation shows there. */
const places = {
  'the answer to the creation': [...always, 'email', 'company', 'role', 'city'],
  'the answer to the change': ['kind', 'city'],
  'the contact by its id': [...always, 'email', 'company', 'role', 'city'],
  'the list of contacts': learnedOfContact,
} as const;

export type ContactPlace = keyof typeof places;

/**
 * A contact is shown as it should be.
 *
 * @param sent - the fields of a change, where this is the answer to one
 */
export const expectContact = (
  facts: Facts,
  shown: Readonly<Record<string, unknown>>,
  place: ContactPlace,
  sent?: readonly string[],
): void => {
  const required = places[place].filter((name) => sent?.includes(name) ?? true);
  expectFacts(facts, { place: `${place} ${String(shown['id'])}`, shown, required, comparable });
  learn(facts, { shown }, learnedOfContact);
};
