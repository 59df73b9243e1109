import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import { retrySearch, type SearchPatience } from '../assertions/contacts.ts';
import { expectEqual } from '../context/expectations.ts';
import { pageSizes } from '../contract/operations.ts';
import {
  type ContactChanges,
  contactKinds,
  dossierStatuses,
  dossierTypes,
  type Flow,
} from '../contract/resources.ts';
import { contactsIn } from '../fixtures/contacts.ts';
import { flowsOf, stagesOf } from '../fixtures/flows.ts';
import {
  type Command,
  command,
  describeValues,
  type ModelSession,
  ordinal,
  pick,
  untouched,
} from './command.ts';
import {
  aContactNumber,
  createContactCommand,
  onContact,
  updateContactCommand,
} from './contact-commands.ts';
import { aDossierNumber, onDossier } from './dossier-commands.ts';
import { checkContactList, checkDossierList, checkStageOf, type DossierFilter } from './lists.ts';

const readDossier = (number: number): Command =>
  onDossier(`read dossier ${ordinal(number)}`, number, (_, { id }) =>
    Promise.resolve({ dossiers: [id] }),
  );

const readContact = (number: number): Command =>
  onContact(`read contact ${ordinal(number)}`, number, (_, id) =>
    Promise.resolve({ contacts: [id] }),
  );

/** Retrieves a dossier or a contact without a change before. */
export const aReading = (): fc.Arbitrary<Command> =>
  fc.oneof(aDossierNumber().map(readDossier), aContactNumber().map(readContact));

/** The flows and their stages are unchanged since the start. */
const readFlows = command('list the flows and the stages of one', async (session) => {
  const { org, flows, oracle, say } = session;
  say({ part: 'flows' });
  const shownNow = byId((await flowsOf(org)).map(documentedFlow));
  expectEqual(shownNow, byId(flows.map(documentedFlow)), 'the flows as before,');
  const one = pick(flows, oracle.made);
  if (!one) return untouched;
  const shown = (await stagesOf(org, one.id)).map(({ id, name }) => ({ id, name }));
  const known = one.stages.map(({ id, name }) => ({ id, name }));
  expectEqual(shown, known, `the stages of the flow ${one.id}`);
  return untouched;
});

/** The documented fields of a flow; others may vary. */
const documentedFlow = ({ id, name, type, is_default, stages }: Flow) => ({
  ...{ id, name, type, is_default },
  stages: stages.map((stage) => ({ id: stage.id, name: stage.name, position: stage.position })),
});

const byId = <Thing extends { readonly id: string }>(things: readonly Thing[]): Thing[] =>
  [...things].sort((a, b) => (a.id < b.id ? -1 : 1));

export const aReadingOfFlows = (): fc.Arbitrary<Command> => fc.constant(readFlows);

type Filters = Pick<DossierFilter, 'type' | 'status'>;

const listDossiers = (filter: Filters, stage: number | undefined, size: number): Command => {
  const words = stage === undefined ? '' : ` in stage ${ordinal(stage)}`;
  const shown = `list dossiers by {${describeValues(filter)}}${words}, ${String(size)} a page`;
  return command(shown, async (session) => {
    const stages = session.flows.flatMap((flow) => flow.stages.map(({ id }) => id));
    const stage_id = stage === undefined ? undefined : pick(stages, stage);
    const all = { ...filter, ...(stage_id === undefined ? {} : { stage_id }) };
    await checkDossierList(session, all, size);
    return untouched;
  });
};

/** Lists the stage that a dossier is in, if it is known. */
const listAround = (number: number): Command =>
  onDossier(`list the stage of dossier ${ordinal(number)}`, number, async (session, dossier) => {
    await checkStageOf(session, dossier);
    return untouched;
  });

export const aListOfStage = (): fc.Arbitrary<Command> => aDossierNumber().map(listAround);

const listContacts = (kind: string | undefined, size: number): Command =>
  command(`list contacts of ${kind ?? 'any kind'}, ${String(size)} a page`, async (session) => {
    await checkContactList(session, kind === undefined ? {} : { kind }, size);
    return untouched;
  });

/** A list with any filters and page size. Only in an organisation that nobody else uses. */
export const aListing = (contract: Contract): fc.Arbitrary<Command> => {
  const sizeOf = (operation: 'listDossiers' | 'listContacts') =>
    fc.constantFrom(1, 2, 3, pageSizes(contract, operation).maximum);
  const optional = <Value>(values: readonly Value[]) =>
    fc.option(fc.constantFrom(...values), { nil: undefined });
  const filters = fc
    .record({ type: optional(dossierTypes(contract)), status: optional(dossierStatuses(contract)) })
    .map((filter) => defined(filter));
  const stage = fc.option(fc.nat({ max: 9 }), { nil: undefined });
  return fc.oneof(
    fc
      .tuple(filters, stage, sizeOf('listDossiers'))
      .map(([filter, one, per]) => listDossiers(filter, one, per)),
    fc
      .tuple(optional(contactKinds(contract)), sizeOf('listContacts'))
      .map(([kind, per]) => listContacts(kind, per)),
  );
};

const defined = (filter: {
  readonly type: string | undefined;
  readonly status: string | undefined;
}) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as Filters;

/** Words that occur nowhere else, and aren't similar to one another. */
const searchWords = ['Hemelvaart', 'Zwartkruis', 'Mistral', 'Kwartel'];

/** The searched fields, and one that isn't searched. */
const searchFields = ['full_name', 'company', 'role', 'city'] as const;
const searchedFields: readonly string[] = searchFields.slice(0, 3);

const aWord = (): fc.Arbitrary<ContactChanges> =>
  fc
    .tuple(fc.constantFrom(...searchFields), fc.constantFrom(...searchWords))
    .map(([field, word]) => ({ [field]: word }));

/** Puts a word into a field of a new or existing contact. */
export const aWordGiven = (): fc.Arbitrary<Command> =>
  fc.oneof(
    aWord().map((word) => createContactCommand({ full_name: 'Noor', ...word })),
    fc.tuple(aContactNumber(), aWord()).map(([number, word]) => updateContactCommand(number, word)),
  );

/** The search for a word finds the contacts that have it now, and not those that had it. */
const search = (word: string, patience: SearchPatience): Command =>
  command(`search for ${word}`, async (session) => {
    await retrySearch(session.context, () => expectFound(session, word), patience);
    return untouched;
  });

const expectFound = async ({ oracle, org, say }: ModelSession, word: string): Promise<void> => {
  const found = new Set((await contactsIn(org, { search: word })).map(({ id }) => id));
  for (const [id, facts] of oracle.contacts) {
    const has = searchedFields.some((name) => facts.get(name) === word);
    say({ part: 'found', expected: has });
    expectEqual(found.has(id), has, `whether the contact ${id} is found by ${word}:`);
  }
  for (const id of oracle.deleted) {
    say({ part: 'found', expected: false });
    expectEqual(found.has(id), false, `whether the deleted contact ${id} is found by ${word}:`);
  }
};

export const aSearch = (patience: SearchPatience): fc.Arbitrary<Command> =>
  fc.constantFrom(...searchWords).map((word) => search(word, patience));
