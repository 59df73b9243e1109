import fc from 'fast-check';
import type { Contract } from '../../../openapi/contract.ts';
import { aContact, someChanges } from '../../arbitraries/new-contact.ts';
import { contactKinds, type ContactChanges, type NewContact } from '../../world/contacts.ts';
import { expectEqual } from '../../world/expectations.ts';
import { dataOf } from '../../world/organization.ts';
import { command, ordinal, told, untouched, type Command } from '../command.ts';
import type { Touched } from '../looks.ts';
import { contactChanged, contactCreated, contactDeleted } from '../oracle/contacts.ts';
import { expectCount } from '../oracle/counts.ts';
import { dossiersOf, factsOf, type Oracle } from '../oracle/oracle.ts';
import { expectContact } from '../oracle/shown-contact.ts';
import { attempt, pick, type Session } from '../session.ts';

/** Something as an answer shows it. */
export type Shown = Readonly<Record<string, unknown>>;

/** A command on the contact with this number of those that there are. */
export const onContact = (
  words: string,
  number: number,
  run: (session: Session, contact: string) => Promise<Touched>,
): Command =>
  command(words, async (session) => {
    const contact = pick([...session.oracle.contacts.keys()], number);
    return contact === undefined ? untouched : run(session, contact);
  });

/** All that a change of a contact may have changed. */
export const touchedAround = (oracle: Oracle, contact: string): Touched => ({
  contacts: [contact],
  dossiers: dossiersOf(oracle, contact).map(({ id }) => id),
});

/** A contact was created: takes it up, and judges the answer. */
export const takeUpContact = (session: Session, shown: Shown, draft: NewContact): Touched => {
  const { oracle, aspects } = session;
  const id = String(shown['id']);
  expectEqual(oracle.contacts.has(id), false, `whether contact ${id} was there before:`);
  contactCreated(oracle, id, { ...draft });
  const facts = factsOf(oracle, id);
  if (aspects.has('fields')) expectContact(facts, shown, 'the answer to the creation');
  if (aspects.has('counts')) expectCount(oracle, id, shown['dossier_count']);
  return { contacts: [id] };
};

export const createContact = (draft: NewContact): Command =>
  command(`create a contact {${told(draft)}}`, async (session) => {
    const exchange = await attempt(session, 'createContact', { body: draft });
    return exchange ? takeUpContact(session, dataOf(exchange.json) as Shown, draft) : untouched;
  });

/** Fields of a contact were changed: takes them up, and judges the answer. */
export const takeUpChanges = (
  session: Session,
  contact: string,
  shown: Shown,
  changes: ContactChanges,
): void => {
  const { oracle, aspects } = session;
  contactChanged(oracle, contact, { ...changes });
  expectEqual(shown['id'], contact, 'the id in the answer to the change');
  const facts = factsOf(oracle, contact);
  const sent = Object.keys(changes);
  if (aspects.has('fields')) expectContact(facts, shown, 'the answer to the change', sent);
  const { dossier_count } = shown;
  if (aspects.has('counts') && dossier_count !== undefined) {
    expectCount(oracle, contact, dossier_count);
  }
};

export const changeContact = (number: number, changes: ContactChanges): Command =>
  onContact(
    `change contact ${ordinal(number)} {${told(changes)}}`,
    number,
    async (session, contact) => {
      const request = { path: { id: contact }, body: changes };
      const exchange = await attempt(session, 'updateContact', request);
      if (exchange) takeUpChanges(session, contact, dataOf(exchange.json) as Shown, changes);
      return touchedAround(session.oracle, contact);
    },
  );

const deleteContact = (number: number): Command =>
  onContact(`delete contact ${ordinal(number)}`, number, async (session, contact) => {
    const touched = touchedAround(session.oracle, contact);
    const exchange = await attempt(session, 'deleteContact', { path: { id: contact } });
    if (exchange) contactDeleted(session.oracle, contact);
    return touched;
  });

/** The number of a contact: often the same one. */
export const aContactNumber = () => fc.oneof(fc.constant(0), fc.nat({ max: 7 }));

export const aNewContact = (contract: Contract): fc.Arbitrary<Command> =>
  fc.noShrink(aContact(contactKinds(contract))).map(createContact);

export const aContactChange = (contract: Contract): fc.Arbitrary<Command> =>
  fc
    .tuple(aContactNumber(), fc.noShrink(someChanges(contactKinds(contract))))
    .map(([number, changes]) => changeContact(number, changes));

export const aDeletion = (): fc.Arbitrary<Command> => aContactNumber().map(deleteContact);
