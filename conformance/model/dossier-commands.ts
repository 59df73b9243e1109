import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import { dataOf, pageOf } from '../context/answers.ts';
import { expectEqual } from '../context/expectations.ts';
import {
  type Dossier,
  dossierStatuses,
  type Flow,
  type LinkedContact,
  type NewDossier,
  type NewNote,
  type Note,
} from '../contract/resources.ts';
import { defaultFlowOf, firstStageOf } from '../fixtures/flows.ts';
import { formOf } from '../fixtures/forms.ts';
import { aDossier } from '../generators/dossiers.ts';
import { aCv } from '../generators/files.ts';
import { anAmount, aText } from '../generators/values.ts';
import { expectDossier, expectUpdateResponse } from './checks.ts';
import {
  attempt,
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
  dossierCreated,
  dossierUpdated,
  linkedByCreation,
  reasonsAgainst,
  reasonsAgainstWork,
} from './oracle-changes.ts';
import type { DossierFacts } from './oracle.ts';

type CommandChanges = Readonly<Record<string, unknown>>;

/** A command on the existing dossier with this number. */
export const onDossier = (
  words: string,
  number: number,
  run: (session: ModelSession, dossier: DossierFacts) => Promise<Touched>,
): Command =>
  command(words, async (session) => {
    const dossier = pick([...session.oracle.dossiers.values()], number);
    return dossier ? run(session, dossier) : untouched;
  });

/** Everything that an update of a dossier may have changed. */
export const touchedBy = ({ id, links }: DossierFacts): Touched => ({
  dossiers: [id],
  contacts: [...links.keys()],
});

export const changeDossier = async (
  session: ModelSession,
  dossier: DossierFacts,
  changes: CommandChanges,
): Promise<Touched> => {
  const { oracle, aspects } = session;
  const request = { path: { id: dossier.id }, body: changes };
  const permittedReasons = reasonsAgainst(oracle, dossier, changes);
  const exchange = await attempt(session, 'updateDossier', request, permittedReasons);
  if (exchange) {
    dossierUpdated(oracle, dossier, changes);
    const shown = dataOf(exchange.json) as CommandChanges;
    const required = ['current_stage_id', 'status'].filter((name) => name in changes);
    if (aspects.has('fields')) expectUpdateResponse(dossier, shown, required, session.say);
  }
  return touchedBy(dossier);
};

const updateDossierCommand = (number: number, changes: CommandChanges): Command =>
  onDossier(
    `update dossier ${ordinal(number)} {${describeValues(changes)}}`,
    number,
    (session, dossier) => {
      const { sales, ...others } = changes as { sales?: CommandChanges };
      const own = { ...others, ...(dossier.type === 'sales' ? sales : {}) };
      const some = Object.keys(own).length > 0 ? own : { name: 'Renamed' };
      return changeDossier(session, dossier, some);
    },
  );

const setStatus = (number: number, status: string): Command =>
  onDossier(`set dossier ${ordinal(number)} to ${status}`, number, (session, dossier) =>
    changeDossier(session, dossier, { status }),
  );

const moveDossierCommand = (number: number, stage: number): Command =>
  onDossier(
    `move dossier ${ordinal(number)} to stage ${ordinal(stage)}`,
    number,
    (session, dossier) =>
      changeDossier(session, dossier, { current_stage_id: pick(dossier.stages, stage) }),
  );

/** Assigns a dossier to the member with this number, or unassigns it if no member is known. */
const assignDossier = (number: number, member: number | null): Command =>
  onDossier(
    `assign dossier ${ordinal(number)} to ${member === null ? 'nobody' : ordinal(member)}`,
    number,
    (session, dossier) => {
      const assigned_to = member === null ? null : (pick(session.org.members, member) ?? null);
      return changeDossier(session, dossier, { assigned_to });
    },
  );

export const archiveDossierCommand = (number: number): Command =>
  onDossier(`archive dossier ${ordinal(number)}`, number, async (session, dossier) => {
    const { oracle } = session;
    const status = dossier.facts.get('status');
    const again = (status === undefined || status === 'archived') && !oracle.decided;
    const request = { path: { id: dossier.id } };
    // The response to archiving twice is a decision (LG-DOS-099).
    const exchange = await attempt(session, 'archiveDossier', request, again ? ['LG-DOS-099'] : []);
    if (exchange) dossierUpdated(oracle, dossier, { status: 'archived' });
    return touchedBy(dossier);
  });

/**
 * The number of a dossier, biased towards the same one, since follow-up commands find most
 * failures.
 */
export const aDossierNumber = () => fc.oneof(fc.constant(0), fc.nat({ max: 5 }));

/**
 * An update of any fields that aren't shared with a contact; sales-only fields go to sales
 * dossiers.
 */
export const aChange = (): fc.Arbitrary<Command> => {
  const deal = fc.record({ deal_size: anAmount(), deal_currency: fc.constantFrom('EUR', 'USD') });
  const sales = fc
    .tuple(fc.option(aText(), { nil: undefined }), fc.option(deal, { nil: {} }))
    .map(([contact_person, amounts]) => ({
      ...amounts,
      ...(contact_person === undefined ? {} : { contact_person }),
    }));
  const fields = { name: aText(), company: aText(), intake_notes: aText(), sales };
  return fc
    .tuple(aDossierNumber(), fc.noShrink(fc.record(fields, { requiredKeys: [] })))
    .map(([number, changes]) => updateDossierCommand(number, changes));
};

export const aStatusChange = (contract: Contract): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.constantFrom(...dossierStatuses(contract)))
    .map(([number, status]) => setStatus(number, status));

export const aMove = (): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.nat({ max: 9 }))
    .map(([one, stage]) => moveDossierCommand(one, stage));

export const anAssignment = (): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.option(fc.nat({ max: 3 }), { nil: null }))
    .map(([one, member]) => assignDossier(one, member));

export const anArchiving = (): fc.Arbitrary<Command> => aDossierNumber().map(archiveDossierCommand);

export interface DossierDraft {
  readonly draft: NewDossier;
  /** The number of an existing contact to link, instead of a new one. */
  readonly contact?: number | undefined;
  /** The number of a flow, instead of the default one. */
  readonly flow?: number | undefined;
  /** Whether it is created by a form with a CV; only for candidates. */
  readonly cv?: boolean;
}

/** The fields that may be copied to a contact that is linked by `contact_id` (LG-DOS-057). */
const withoutDetails = ({ phone: _, company: __, role: ___, ...rest }: NewDossier): NewDossier =>
  rest;

export const createDossierCommand = ({
  draft,
  contact,
  flow,
  cv = false,
}: DossierDraft): Command => {
  const form = cv && draft.type === 'candidate';
  const words = [
    `create ${form ? 'by a form with a CV' : 'a dossier'} {${describeValues(draft)}}`,
    contact === undefined ? '' : ` for contact ${ordinal(contact)}`,
    flow === undefined ? '' : ` in flow ${ordinal(flow)}`,
  ];
  return command(words.join(''), async (session) => {
    const { oracle, flows } = session;
    const place = placeFor(flows, draft.type, flow);
    if (!place) return untouched;
    const contact_id =
      contact === undefined ? undefined : pick([...oracle.contacts.keys()], contact);
    const fields: NewDossier = {
      ...(contact_id === undefined ? draft : withoutDetails(draft)),
      // All different: whether a repeated creation creates a second dossier is a decision
      // (LG-DOS-032).
      name: `${String(oracle.made + 1)} ${draft.name}`,
      ...(contact_id === undefined ? {} : { contact_id }),
      ...(place.given ? { flow_id: place.flow.id } : {}),
    };
    const body = form ? formOf(fields, aCv()) : fields;
    // Whether the key needs another scope for `contact_id` is a decision (LG-AUT-048).
    const permittedReasons =
      contact_id !== undefined && session.actor.lacks.size > 0 ? (['LG-AUT-048'] as const) : [];
    const exchange = await attempt(session, 'createDossier', { body }, permittedReasons);
    if (!exchange) return untouched;
    const shown = dataOf(exchange.json) as Dossier;
    const first = firstStageOf(place.flow)?.id;
    const created = dossierCreated(oracle, {
      ...{ id: shown.id, draft: { ...fields }, cv: form },
      stages: place.flow.stages.map(({ id }) => id),
      stage: place.given && first !== undefined ? oracle.decide(first) : first,
    });
    if (session.aspects.has('fields')) {
      expectDossier(created, { ...shown }, 'the response to the creation', session.say);
    }
    const own = contact_id ?? (await recordNewContact(session, created));
    linkedByCreation(oracle, created, own);
    return { dossiers: [shown.id], contacts: [own] };
  });
};

const placeFor = (
  flows: readonly Flow[],
  type: string,
  number: number | undefined,
): { flow: Flow; given: boolean } | undefined => {
  const usual = defaultFlowOf(flows, type);
  if (number === undefined && usual) return { flow: usual, given: false };
  const given = pick(
    flows.filter((flow) => flow.type === type && flow.stages.length > 0),
    number ?? 0,
  );
  return given && { flow: given, given: true };
};

/**
 * Records the contact that was created with a dossier; fails unless there is exactly one new one.
 */
const recordNewContact = async (session: ModelSession, { id }: DossierFacts): Promise<string> => {
  const { org, context, oracle, say } = session;
  say({ part: 'ownContact' });
  const exchange = await org.all.send('listDossierContacts', { path: { id } });
  context.expect.success(exchange);
  const shown = pageOf(exchange).items as unknown as LinkedContact[];
  expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
  const contact = shown[0]?.contact_id ?? '';
  expectEqual(oracle.contacts.has(contact), false, `whether contact ${contact} existed before:`);
  contactAppeared(oracle, contact);
  return contact;
};

/** The creation of a dossier that no decision applies to. */
export const aNewDossier = (): fc.Arbitrary<Command> =>
  fc
    .record({
      draft: fc.noShrink(aDossier()),
      contact: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      flow: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 3 }),
      cv: fc.boolean(),
    })
    .map(createDossierCommand);

export const addNoteCommand = (number: number, draft: NewNote): Command =>
  onDossier(
    `add to dossier ${ordinal(number)} the note {${describeValues(draft)}}`,
    number,
    async (session, dossier) => {
      const { id } = dossier;
      const permittedReasons = reasonsAgainstWork(session.oracle, dossier);
      const request = { path: { id }, body: draft };
      const exchange = await attempt(session, 'createDossierNote', request, permittedReasons);
      if (!exchange) return untouched;
      const note = dataOf(exchange.json) as Note;
      const { content, is_internal = true } = draft;
      if (session.aspects.has('notes')) {
        const there = dossier.notes.some((one) => one.id === note.id);
        session.say({ part: 'created', operation: 'createDossierNote' });
        expectEqual(there, false, `whether note ${note.id} existed before:`);
        session.say({ part: 'note', field: 'is_internal', place: 'the response' });
        expectEqual(note.is_internal, is_internal, `is_internal of the note ${note.id}`);
      }
      dossier.notes.push({ id: note.id, content, is_internal });
      return { dossiers: [id] };
    },
  );

export const aNote = (): fc.Arbitrary<Command> => {
  const draft = fc.record(
    { content: aText(), is_internal: fc.boolean() },
    { requiredKeys: ['content'] },
  );
  return fc
    .tuple(aDossierNumber(), fc.noShrink(draft))
    .map(([number, note]) => addNoteCommand(number, note));
};
