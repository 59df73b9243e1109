import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import { dataOf } from '../context/answers.ts';
import { expectEqual, expectThat } from '../context/expectations.ts';
import {
  type ContactChanges,
  contactKinds,
  type Dossier,
  type NewContact,
  type NewDossier,
} from '../contract/resources.ts';
import { retrieveContact } from '../fixtures/contacts.ts';
import { defaultFlowOf, firstStageOf } from '../fixtures/flows.ts';
import { contactsOfDossier } from '../fixtures/links-and-notes.ts';
import { aContact, someContactUpdates } from '../generators/contacts.ts';
import { aDossierType } from '../generators/dossiers.ts';
import { expectContact, expectCount } from './checks.ts';
import {
  attempt,
  attemptRefused,
  type Command,
  command,
  describeValues,
  type ModelSession,
  ordinal,
  pick,
  type Touched,
  untouched,
} from './command.ts';
import {
  contactAppeared,
  contactCreated,
  contactDeleted,
  contactUpdated,
  dossierCreated,
  holderOf,
  learnableContactFields,
  linkedByCreation,
} from './oracle-changes.ts';
import { dossiersOf, factsOf, learn, type Oracle, reopen } from './oracle.ts';

/** A resource in a response. */
type ShownFields = Readonly<Record<string, unknown>>;

/** A command on the existing contact with this number. */
export const onContact = (
  words: string,
  number: number,
  run: (session: ModelSession, contact: string) => Promise<Touched>,
): Command =>
  command(words, async (session) => {
    const contact = pick([...session.oracle.contacts.keys()], number);
    return contact === undefined ? untouched : run(session, contact);
  });

/** Everything that an update of a contact may have changed. */
const touchedAround = (oracle: Oracle, contact: string): Touched => ({
  contacts: [contact],
  dossiers: dossiersOf(oracle, contact).map(({ id }) => id),
});

/** Records a created contact in the oracle and checks the response. */
const applyNewContact = (session: ModelSession, shown: ShownFields, draft: NewContact): Touched => {
  const { oracle, aspects, say } = session;
  const id = String(shown['id']);
  say({ part: 'created', operation: 'createContact' });
  expectEqual(oracle.contacts.has(id), false, `whether contact ${id} existed before:`);
  contactCreated(oracle, id, { ...draft });
  const facts = factsOf(oracle, id);
  const place = 'the response to the creation';
  if (aspects.has('fields')) expectContact(facts, shown, { place, say });
  say({ part: 'count', place });
  if (aspects.has('counts')) expectCount(oracle, id, shown['dossier_count']);
  return { contacts: [id] };
};

export const createContactCommand = (draft: NewContact): Command =>
  command(`create a contact {${describeValues(draft)}}`, async (session) => {
    const exchange = await attempt(session, 'createContact', { body: draft });
    return exchange
      ? applyNewContact(session, dataOf(exchange.json) as ShownFields, draft)
      : untouched;
  });

/** Records an update in the oracle and checks the response. */
const applyContactUpdate = (
  session: ModelSession,
  contact: string,
  shown: ShownFields,
  changes: ContactChanges,
): void => {
  const { oracle, aspects, say } = session;
  contactUpdated(oracle, contact, { ...changes });
  say({ part: 'updatedId', operation: 'updateContact' });
  expectEqual(shown['id'], contact, 'the id in the response to the update');
  const facts = factsOf(oracle, contact);
  const sent = Object.keys(changes);
  const place = 'the response to the update';
  if (aspects.has('fields')) expectContact(facts, shown, { place, sent, say });
  const { dossier_count } = shown;
  say({ part: 'count', place });
  if (aspects.has('counts') && dossier_count !== undefined) {
    expectCount(oracle, contact, dossier_count);
  }
};

export const updateContactCommand = (number: number, changes: ContactChanges): Command =>
  onContact(
    `update contact ${ordinal(number)} {${describeValues(changes)}}`,
    number,
    async (session, contact) => {
      const request = { path: { id: contact }, body: changes };
      const exchange = await attempt(session, 'updateContact', request);
      if (exchange)
        applyContactUpdate(session, contact, dataOf(exchange.json) as ShownFields, changes);
      return touchedAround(session.oracle, contact);
    },
  );

export const deleteContactCommand = (number: number): Command =>
  onContact(`delete contact ${ordinal(number)}`, number, async (session, contact) => {
    const touched = touchedAround(session.oracle, contact);
    const exchange = await attempt(session, 'deleteContact', { path: { id: contact } });
    if (exchange) contactDeleted(session.oracle, contact);
    return touched;
  });

/** The number of a contact, biased towards the same one. */
export const aContactNumber = () => fc.oneof(fc.constant(0), fc.nat({ max: 7 }));

export const aNewContact = (contract: Contract): fc.Arbitrary<Command> =>
  fc.noShrink(aContact(contactKinds(contract))).map(createContactCommand);

export const aContactChange = (contract: Contract): fc.Arbitrary<Command> =>
  fc
    .tuple(aContactNumber(), fc.noShrink(someContactUpdates(contactKinds(contract))))
    .map(([number, changes]) => updateContactCommand(number, changes));

export const aDeletion = (): fc.Arbitrary<Command> => aContactNumber().map(deleteContactCommand);

/** One of few addresses, so that they collide, in lower or upper case. */
interface Address {
  readonly number: number;
  readonly upperCase: boolean;
}

const writeAddress = ({ oracle }: ModelSession, { number, upperCase }: Address): string => {
  const address = `noor.${String(number)}.${(oracle.tag ?? '').toLowerCase()}@example.com`;
  return upperCase ? address.toUpperCase() : address;
};

const addressWording = ({ number, upperCase }: Address): string =>
  `address ${ordinal(number)}${upperCase ? ' in capitals' : ''}`;

const createWithAddress = (address: Address): Command =>
  command(`create a contact with ${addressWording(address)}`, async (session) => {
    const draft = { full_name: 'Noor Bakker', email: writeAddress(session, address) };
    if (holderOf(session.oracle, draft.email) !== undefined) {
      await attemptRefused(session, 'createContact', { body: draft }, [409]);
      return untouched;
    }
    const exchange = await attempt(session, 'createContact', { body: draft }, [], 'freeAddress');
    return exchange
      ? applyNewContact(session, dataOf(exchange.json) as ShownFields, draft)
      : untouched;
  });

const giveAddress = (number: number, address: Address): Command =>
  onContact(
    `give contact ${ordinal(number)} ${addressWording(address)}`,
    number,
    async (session, contact) => {
      const changes = { email: writeAddress(session, address) };
      const request = { path: { id: contact }, body: changes };
      const holder = holderOf(session.oracle, changes.email);
      if (holder === undefined || holder === contact) {
        const part = holder === contact ? 'ownAddress' : 'freeAddress';
        const exchange = await attempt(session, 'updateContact', request, [], part);
        if (exchange)
          applyContactUpdate(session, contact, dataOf(exchange.json) as ShownFields, changes);
      } else await attemptRefused(session, 'updateContact', request, [409]);
      return touchedAround(session.oracle, contact);
    },
  );

/**
 * Creates a dossier with an address. Which contact it is linked to, if one has the address, is a
 * decision (LG-DOS-064); but no other contact gets it.
 */
const createDossierWith = (type: NewDossier['type'], address: Address): Command =>
  command(`create a ${type} dossier with ${addressWording(address)}`, async (session) => {
    const { oracle, org } = session;
    const email = writeAddress(session, address);
    const holder = holderOf(oracle, email);
    const flow = defaultFlowOf(session.flows, type);
    if (!flow) return untouched;
    const draft = { type, name: `Dossier ${String(oracle.made + 1)}`, email };
    const permittedReasons = holder === undefined ? [] : (['LG-DOS-064'] as const);
    const exchange = await attempt(session, 'createDossier', { body: draft }, permittedReasons);
    if (!exchange) return untouched;
    const { id } = dataOf(exchange.json) as Dossier;
    const stages = flow.stages.map((stage) => stage.id);
    const stage = firstStageOf(flow)?.id;
    const created = dossierCreated(oracle, { id, draft, stages, stage, cv: false });
    session.say({ part: 'ownContact' });
    const shown = await contactsOfDossier(org, id);
    expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
    const own = shown[0]?.contact_id ?? '';
    // The form of the address here, and what the contact takes over, are decisions.
    reopen(created.facts, ['email']);
    if (own === holder) reopen(factsOf(oracle, own), unlikeAddress);
    else await applyExistingAddress(session, own, email, holder);
    linkedByCreation(oracle, created, own);
    return { dossiers: [id], contacts: [own] };
  });

/** Records a contact that was created with a dossier; its address must be unique. */
const applyExistingAddress = async (
  { oracle, org, say }: ModelSession,
  contact: string,
  email: string,
  holder: string | undefined,
): Promise<void> => {
  say({ part: 'created', operation: 'createDossier' });
  expectEqual(oracle.contacts.has(contact), false, `whether contact ${contact} existed before:`);
  contactAppeared(oracle, contact);
  const shown = { ...(await retrieveContact(org, contact)) };
  const own = shown.email ?? '';
  const taken = holder !== undefined && own.toLowerCase() === email.toLowerCase();
  expectThat(!taken, `one contact with the address of ${String(holder)}`, () => shown);
  learn(factsOf(oracle, contact), { shown }, learnableContactFields);
};

const unlikeAddress = learnableContactFields.filter((name) => name !== 'email');

const anAddress = (): fc.Arbitrary<Address> =>
  fc.record({ number: fc.nat({ max: 2 }), upperCase: fc.boolean() });

/** A command with an address that another contact may have or may have had. */
export const anAddressCommand = (): fc.Arbitrary<Command> =>
  fc.oneof(
    { arbitrary: anAddress().map(createWithAddress), weight: 3 },
    {
      arbitrary: fc.tuple(aContactNumber(), anAddress()).map(([one, to]) => giveAddress(one, to)),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(aDossierType(), anAddress())
        .map(([type, to]) => createDossierWith(type, to)),
      weight: 2,
    },
  );
