import { expectNoEvents } from '../../assertions/deliveries.ts';
import {
  eventsAbout,
  expectEvent,
  expectEvents,
  isAbout,
  listenForEvents,
  waitForPendingEvents,
  withoutFirstStages,
} from '../../assertions/events.ts';
import { expectPermittedRefusal, isPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization, RuleContext } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { DossierChanges, Note } from '../../contract/resources.ts';
import { dropEvents, sendExtraEvent } from '../../faults/deliveries.ts';
import { createContact, deleteContact } from '../../fixtures/contacts.ts';
import {
  archiveDossier,
  createDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createMovableDossiers, type MovableDossier } from '../../fixtures/flows.ts';
import { createByForm, formOf, uploadFormats } from '../../fixtures/forms.ts';
import { addNote } from '../../fixtures/links-and-notes.ts';
import { aCv, pdf } from '../../generators/files.ts';
import { longTexts } from '../../generators/values.ts';
import type { Inbox } from '../../webhooks/endpoints.ts';

/** Each one differs from the value before: in letter case, in cents, closed and open. */
const changesOf = ([, second]: readonly string[]): DossierChanges[] => [
  { name: 'Tulp Logistics', company: 'Linde' },
  { company: 'Linde Retail' },
  { company: 'LINDE Retail' },
  { deal_size: 12_500, deal_currency: 'EUR' },
  { deal_size: 12_500.5 },
  { deal_size: 0 },
  { contact_person: 'Iris Maas' },
  ...(second === undefined ? [] : [{ assigned_to: second }, { assigned_to: null }]),
  { status: 'won' },
  { status: 'active' },
  { status: 'lost' },
  { status: 'won' },
];

/** The moves of a dossier, each with the status that it has afterwards. */
const expectMoves = async (
  org: Organization,
  inbox: Inbox,
  { id, current_stage_id, others }: MovableDossier,
): Promise<void> => {
  const moves = [...others.slice(0, 2), current_stage_id];
  for (const [index, stage] of moves.entries()) {
    const more = [{}, { name: 'Moved and renamed' }, { status: 'lost' as const }][index] ?? {};
    const body = { current_stage_id: stage, ...more };
    const exchange = await org.all.send('updateDossier', { path: { id }, body });
    // A dossier that isn't active may not be movable (LG-DOS-086).
    if ('status' in more && isPermittedRefusal(org.context, exchange, ['LG-DOS-086'])) return;
    org.context.expect.success(exchange);
    org.context.about('LG-WEB-015');
    await expectEvents(inbox, 'dossier.stage_changed', id, index + 1);
    // An event for its first stage may arrive before (LG-WEB-028).
    const isMove = isAbout('dossier.stage_changed', id);
    const isToStage = ({ event }: ReturnType<Inbox['deliveries']>[number]) =>
      event?.data?.['current_stage_id'] === stage;
    const found = await inbox.find((one) => isMove(one) && isToStage(one));
    const { event } = found ?? inbox.deliveries().findLast(isMove) ?? {};
    org.context.about('LG-WEB-017');
    expectEqual(event?.data?.['current_stage_id'], stage, 'current_stage_id in data');
    // Not every field has to be shown.
    const sent = 'status' in more ? more.status : 'active';
    const { status = sent } = await retrieveDossier(org, id);
    expectEqual(event?.data?.['status'], status, 'the status in data');
  }
  org.context.about('LG-WEB-013');
  await expectEvents(inbox, 'dossier.updated', id, moves.length);
};

const changes = defineRule({
  id: 'tours/events-of-changes',
  level: 'MUST',
  verifies: [
    ...(['LG-WEB-010', 'LG-WEB-012', 'LG-WEB-013', 'LG-WEB-014', 'LG-WEB-015'] as const),
    ...(['LG-WEB-016', 'LG-WEB-017', 'LG-WEB-021', 'LG-WEB-009', 'LG-WEB-025'] as const),
  ],
  sentence:
    'Creating, changing and moving dossiers and uploading files sends the events of each, and no others.',
  needs: ['webhooks'],
  check: async (context) => {
    const { org, inbox } = await listenForEvents(context);
    const movables = await createMovableDossiers(org, 'Before a change');
    const form = formOf({ type: 'candidate', name: 'By a form' }, aCv());
    const uploaded = await createByForm(org, form);
    const { id: contact_id } = await createContact(org, { full_name: 'Noor Bakker' });
    const gone = await createContact(org, { full_name: 'Iris Maas' });
    const [assigned_to] = org.members;
    const draft = { type: 'sales', name: 'For a contact', company: 'Tulp' } as const;
    const { id } = await createDossier(org, {
      ...{ ...draft, contact_id },
      ...(assigned_to !== undefined && { assigned_to }),
    });
    const { about } = context;
    // The id of the dossier in its data tells the event.
    about('LG-WEB-010', 'LG-WEB-009');
    for (const one of [...movables, uploaded, { id }]) {
      await expectEvent(inbox, 'dossier.created', one.id);
    }
    const all = changesOf(org.members);
    for (const change of all) await updateDossier(org, id, change);
    about('LG-WEB-012');
    await expectEvents(inbox, 'dossier.updated', id, all.length);
    for (const movable of movables) await expectMoves(org, inbox, movable);
    about('LG-WEB-014');
    for (const [index, { succeed }] of uploadFormats.entries()) {
      await succeed(context, org, uploaded.id, aCv(pdf(900 + index)));
      await expectEvents(inbox, 'dossier.updated', uploaded.id, index + 1);
    }
    // Neither reading nor the deletion of a contact, who is on no dossier, is an event.
    await inbox.settle();
    const before = eventsAbout(inbox, uploaded.id, 'dossier.updated').length;
    await retrieveDossier(org, uploaded.id);
    await deleteContact(org, gone.id);
    const marker = await waitForPendingEvents(org, inbox);
    const read = eventsAbout(inbox, uploaded.id, 'dossier.updated').slice(before);
    about('LG-WEB-025');
    await expectNoEvents(context, inbox, read, 'no dossier.updated of a dossier that is read');
    const found = [id, uploaded.id].flatMap((one) =>
      eventsAbout(inbox, one, 'dossier.stage_changed'),
    );
    const moves = await withoutFirstStages(inbox, found, marker);
    about('LG-WEB-016');
    await expectNoEvents(context, inbox, moves, 'no dossier.stage_changed without a move');
    const deleted = [id, uploaded.id].flatMap((one) => eventsAbout(inbox, one, 'dossier.deleted'));
    const living = "no dossier.deleted of a dossier that isn't archived";
    about('LG-WEB-021');
    await expectNoEvents(context, inbox, deleted, living);
    const created = eventsAbout(inbox, id, 'dossier.created').slice(1);
    about('LG-WEB-010');
    await expectNoEvents(context, inbox, created, 'one dossier.created of a dossier');
  },
  // A server that sees no change of an amount to zero.
  deliveryFault: dropEvents(
    ({ type, data }) => type === 'dossier.updated' && data['deal_size'] === 0,
  ),
});

/** Each of these dossiers was created once and archived three times. */
const expectNoMore = async (
  context: RuleContext,
  inbox: Inbox,
  subjects: readonly string[],
): Promise<void> => {
  for (const one of subjects) {
    const deleted = eventsAbout(inbox, one, 'dossier.deleted').slice(3);
    context.about('LG-WEB-021');
    await expectNoEvents(context, inbox, deleted, 'dossier.deleted when it is archived alone');
    const created = eventsAbout(inbox, one, 'dossier.created').slice(1);
    context.about('LG-WEB-010');
    await expectNoEvents(context, inbox, created, 'one dossier.created of a dossier');
  }
};

const archiving = defineRule({
  id: 'tours/events-of-archiving',
  level: 'MUST',
  verifies: [
    ...(['LG-WEB-018', 'LG-WEB-019', 'LG-WEB-020', 'LG-WEB-021', 'LG-WEB-022'] as const),
    ...(['LG-WEB-010', 'LG-WEB-023', 'LG-WEB-024', 'LG-SIG-006'] as const),
  ],
  sentence:
    'Archiving and restoring dossiers and adding notes sends the events of each to the organisation, once.',
  needs: ['webhooks', 'own-endpoints', 'second-organization'],
  check: async (context) => {
    const { about } = context;
    const { org, inbox } = await listenForEvents(context);
    const others = await listenForEvents(context, { second: true });
    const theirs = await createDossier(others.org, { type: 'sales', name: 'Of others' });
    about('LG-WEB-010');
    await expectEvent(others.inbox, 'dossier.created', theirs.id);
    const subjects: string[] = [];
    const noted: string[] = [];
    for (const type of ['sales', 'candidate'] as const) {
      const { id } = await createDossier(org, { type, name: `To be archived, ${type}` });
      subjects.push(id);
      await archiveDossier(org, id);
      about('LG-WEB-018');
      await expectEvents(inbox, 'dossier.deleted', id, 1);
      // Whether a deletion also counts as an update, and a change in the archive is accepted, are
      // decisions (LG-WEB-031, LG-DOS-100).
      await org.all.send('updateDossier', { path: { id }, body: { name: 'Renamed there' } });
      await inbox.settle();
      let updates = eventsAbout(inbox, id, 'dossier.updated').length;
      for (const status of ['won', 'archived', 'lost', 'archived', 'active'] as const) {
        await updateDossier(org, id, { status });
        about(status === 'archived' ? 'LG-WEB-020' : 'LG-WEB-022');
        await expectEvents(inbox, 'dossier.updated', id, (updates += 1));
      }
      about('LG-WEB-019');
      await expectEvents(inbox, 'dossier.deleted', id, 3);
      for (const is_internal of [true, false]) {
        noted.push((await addNote(org, id, { content: 'Zoë called, 50% / €.', is_internal })).id);
      }
    }
    const [id = ''] = subjects;
    const long = { path: { id }, body: { content: longTexts.at(-1) } };
    const exchange = await org.all.send('createDossierNote', long);
    if (exchange.response.status >= 400) {
      expectPermittedRefusal(context, exchange, ['LG-GEN-042', 'LG-GEN-043']);
    } else noted.push((dataOf(exchange.json) as Note).id);
    // Each delivery is also checked by itself, the signature of long ones included.
    about('LG-WEB-023', 'LG-SIG-006');
    for (const note of noted) await expectEvent(inbox, 'note.created', note);
    await waitForPendingEvents(org, inbox);
    await expectNoMore(context, inbox, subjects);
    about('LG-WEB-023');
    const twice = noted.flatMap((note) => eventsAbout(inbox, note, 'note.created').slice(1));
    await expectNoEvents(context, inbox, twice, 'one note.created about each note');
    about('LG-WEB-024');
    const strange = [...subjects, ...noted].flatMap((one) => eventsAbout(others.inbox, one));
    await expectNoEvents(context, others.inbox, strange, 'no event of another organisation');
  },
  // A server that takes a restored dossier for a new one.
  deliveryFault: sendExtraEvent(
    ({ type, data }) => type === 'dossier.updated' && data['status'] === 'won',
    () => 'dossier.created',
  ),
});

export default [changes, archiving] satisfies readonly Rule[];
