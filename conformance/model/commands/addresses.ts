import fc from 'fast-check';
import { aType } from '../../arbitraries/new-dossier.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf, type Dossier, type NewDossier } from '../../world/organization.ts';
import { contactsOn } from '../../world/links.ts';
import { defaultFlowOf, firstStageOf } from '../../world/flows.ts';
import { retrieveContact } from '../../world/contacts.ts';
import { command, ordinal, untouched, type Command } from '../command.ts';
import { contactAppeared, holderOf, learnedOfContact } from '../oracle/contacts.ts';
import { dossierCreated } from '../oracle/dossiers.ts';
import { forget, learn } from '../oracle/facts.ts';
import { cameAlong } from '../oracle/links.ts';
import { factsOf } from '../oracle/oracle.ts';
import { attempt, attemptInVain, type Session } from '../session.ts';
import {
  type Shown,
  aContactNumber,
  onContact,
  takeUpChanges,
  takeUpContact,
  touchedAround,
} from './contacts.ts';

/** One of few addresses, so that they meet; written in small letters or in capitals. */
interface Address {
  readonly number: number;
  readonly loud: boolean;
}

const write = ({ oracle }: Session, { number, loud }: Address): string => {
  const address = `noor.${String(number)}.${(oracle.tag ?? '').toLowerCase()}@example.com`;
  return loud ? address.toUpperCase() : address;
};

const wording = ({ number, loud }: Address): string =>
  `address ${ordinal(number)}${loud ? ' in capitals' : ''}`;

const createWithAddress = (address: Address): Command =>
  command(`create a contact with ${wording(address)}`, async (session) => {
    const draft = { full_name: 'Noor Bakker', email: write(session, address) };
    if (holderOf(session.oracle, draft.email) !== undefined) {
      await attemptInVain(session, 'createContact', { body: draft }, [409]);
      return untouched;
    }
    const exchange = await attempt(session, 'createContact', { body: draft });
    return exchange ? takeUpContact(session, dataOf(exchange.json) as Shown, draft) : untouched;
  });

const giveAddress = (number: number, address: Address): Command =>
  onContact(
    `give contact ${ordinal(number)} ${wording(address)}`,
    number,
    async (session, contact) => {
      const changes = { email: write(session, address) };
      const request = { path: { id: contact }, body: changes };
      const holder = holderOf(session.oracle, changes.email);
      if (holder === undefined || holder === contact) {
        const exchange = await attempt(session, 'updateContact', request);
        if (exchange) takeUpChanges(session, contact, dataOf(exchange.json) as Shown, changes);
      } else await attemptInVain(session, 'updateContact', request, [409]);
      return touchedAround(session.oracle, contact);
    },
  );

/**
 * Creates a dossier with an address. Whom it is linked to, where somebody has that, is a decision
 * (LG-DOS-064); but nobody else has it afterwards.
 */
const createDossierWith = (type: NewDossier['type'], address: Address): Command =>
  command(`create a ${type} dossier with ${wording(address)}`, async (session) => {
    const { oracle, home, world } = session;
    const email = write(session, address);
    const holder = holderOf(oracle, email);
    const flow = defaultFlowOf(session.flows, type);
    if (!flow) return untouched;
    const draft = { type, name: `Dossier ${String(oracle.made + 1)}`, email };
    const excuses = holder === undefined ? [] : (['LG-DOS-064'] as const);
    const exchange = await attempt(session, 'createDossier', { body: draft }, excuses);
    if (!exchange) return untouched;
    const { id } = dataOf(exchange.json) as Dossier;
    const stages = flow.stages.map((stage) => stage.id);
    const stage = firstStageOf(flow)?.id;
    const created = dossierCreated(oracle, { id, draft, stages, stage, cv: false });
    const shown = await contactsOn(world, home, id);
    expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
    const own = shown[0]?.contact_id ?? '';
    // How the address is written here, and what of the dossier the contact takes over, are decisions.
    forget(created.facts, ['email']);
    if (own === holder) forget(factsOf(oracle, own), unlikeAddress);
    else await meet(session, own, email, holder);
    cameAlong(oracle, created, own);
    return { dossiers: [id], contacts: [own] };
  });

/** Takes up a contact that came with a dossier; it mustn't have an address that somebody has. */
const meet = async (
  { oracle, world, home }: Session,
  contact: string,
  email: string,
  holder: string | undefined,
): Promise<void> => {
  expectEqual(oracle.contacts.has(contact), false, `whether contact ${contact} was there before:`);
  contactAppeared(oracle, contact);
  const shown = { ...(await retrieveContact(world, home, contact)) };
  const own = shown.email ?? '';
  const taken = holder !== undefined && own.toLowerCase() === email.toLowerCase();
  expectThat(!taken, `one contact with the address of ${String(holder)}`, () => shown);
  learn(factsOf(oracle, contact), { shown }, learnedOfContact);
};

const unlikeAddress = learnedOfContact.filter((name) => name !== 'email');

const anAddress = (): fc.Arbitrary<Address> =>
  fc.record({ number: fc.nat({ max: 2 }), loud: fc.boolean() });

/** Something with an address, that somebody else may have or may have had. */
export const anAddressCommand = (): fc.Arbitrary<Command> =>
  fc.oneof(
    { arbitrary: anAddress().map(createWithAddress), weight: 3 },
    {
      arbitrary: fc.tuple(aContactNumber(), anAddress()).map(([one, to]) => giveAddress(one, to)),
      weight: 4,
    },
    {
      arbitrary: fc.tuple(aType(), anAddress()).map(([type, to]) => createDossierWith(type, to)),
      weight: 2,
    },
  );
