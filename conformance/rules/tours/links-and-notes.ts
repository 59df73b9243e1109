import type { RequirementId } from '../../../openapi/register.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import { asText, expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type LinkedContact, type Note, rolesOnDossier } from '../../contract/resources.ts';
import { onData, onPage } from '../../faults/inject.ts';
import { contactsOfDossier, primaryLink } from '../../fixtures/links-and-notes.ts';
import { awkwardTexts, longTexts } from '../../generators/values.ts';
import { checksOf, expectNotes } from '../../model/checks.ts';
import type { ModelSession } from '../../model/command.ts';
import {
  createContactCommand,
  deleteContactCommand,
  updateContactCommand,
} from '../../model/contact-commands.ts';
import {
  addNoteCommand,
  archiveDossierCommand,
  changeDossier,
  createDossierCommand,
} from '../../model/dossier-commands.ts';
import {
  linkContactCommand,
  linkFormer,
  unlinkContactCommand,
  unlinkUnlinked,
} from '../../model/link-commands.ts';
import { checkContactList } from '../../model/lists.ts';
import type { ModelRequirements } from '../../model/subjects.ts';
import { createKnownDossier, follow, openTour, readPage } from '../../model/tour.ts';

const people = [
  { full_name: 'Noor Bakker', company: 'Tulp Logistics', email: 'noor.bakker@example.com' },
  { full_name: 'Iris Maas' },
  { full_name: 'Noor Bakker', email: 'iris+leads@mail.example.org' },
  { full_name: 'Zoë Çelik', company: 'Linde Retail' },
  { full_name: 'Mark de Vries', company: 'Rabobank', email: 'mark@example.com' },
  { full_name: 'Bram' },
  { full_name: 'Sophie van Dijk', company: 'Adyen', email: 'sophie@example.com' },
];

/** The details of each contact on a dossier are its own (LG-LNK-006, LG-LNK-007). */
const expectOwnDetails = async ({ org, oracle }: ModelSession, dossier: string): Promise<void> => {
  const shown = (await contactsOfDossier(org, dossier)) as readonly LinkedContact[];
  for (const { contact_id, ...details } of shown) {
    const facts = oracle.contacts.get(contact_id);
    for (const name of ['company', 'email', 'full_name'] as const) {
      // The last command on these contacts updated some of them.
      org.context.about('LG-LNK-006', 'LG-LNK-007');
      if (!facts?.has(name)) continue;
      const values = [facts.get(name), details[name]];
      const [own, seen] = values.map((one) => asText(one ?? '').toLowerCase());
      expectEqual(seen, own, `the ${name} of ${contact_id} on the dossier ${dossier}`);
    }
  }
};

const linkRequirements: ModelRequirements = {
  accepted: ({ operation }) => {
    if (operation === 'linkDossierContact') return ['LG-LNK-010', 'LG-CON-003'];
    if (operation === 'unlinkDossierContact') return ['LG-LNK-027'];
    // The last one restores a dossier of which a contact was deleted.
    return [operation === 'updateDossier' ? 'LG-CON-077' : 'LG-CON-076'];
  },
  retrieved: ({ operation }) => [operation === 'getContact' ? 'LG-LNK-028' : 'LG-LNK-005'],
  links: ['LG-LNK-004', 'LG-LNK-027', 'LG-CON-076'],
  role: ['LG-LNK-001', 'LG-LNK-002', 'LG-LNK-003'],
  onePrimary: ['LG-LNK-021'],
  primary: ({ place, expected }) => {
    if (place === 'the response') return [expected === true ? 'LG-LNK-019' : 'LG-LNK-016'];
    return expected === true
      ? ['LG-LNK-016', 'LG-LNK-019', 'LG-LNK-022']
      : ['LG-LNK-020', 'LG-LNK-022'];
  },
  count: ['LG-CON-053'],
  deletedContact: ['LG-CON-076'],
  rest: ['LG-LNK-028'],
};

const links = defineRule({
  id: 'tours/links',
  level: 'MUST',
  verifies: [
    ...(['LG-LNK-001', 'LG-LNK-002', 'LG-LNK-003', 'LG-LNK-004', 'LG-LNK-005'] as const),
    ...(['LG-LNK-006', 'LG-LNK-007', 'LG-LNK-010', 'LG-LNK-016', 'LG-LNK-019'] as const),
    ...(['LG-LNK-020', 'LG-LNK-021', 'LG-LNK-022', 'LG-LNK-027', 'LG-LNK-028'] as const),
    ...(['LG-CON-003', 'LG-CON-053', 'LG-CON-076', 'LG-CON-077'] as const),
  ],
  sentence:
    'Each link, change of the primary contact, unlinking and deletion of a contact is shown by both sides, and changes nothing else.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context, ['counts', 'links', 'primaries'], linkRequirements);
    const { oracle } = session;
    const roles = rolesOnDossier(context.contract).filter((role) => role !== 'primary');
    await follow(session, [
      ...people.map(createContactCommand),
      createDossierCommand({ draft: { type: 'candidate', name: 'Noor' }, contact: 6 }),
      createDossierCommand({ draft: { type: 'sales', name: 'Tulp' }, contact: 6 }),
    ]);
    const ids = [...oracle.dossiers.keys()];
    const look = async (): Promise<void> => {
      for (const check of checksOf(session, { dossiers: ids })) await check();
    };
    // Each role on each dossier, and one contact with two of them.
    for (const [index, role_on_dossier] of roles.entries()) {
      await follow(session, [linkContactCommand(0, 0, { role_on_dossier })]);
      if (index < 2) await follow(session, [linkContactCommand(1, index, { role_on_dossier })]);
    }
    await look();
    await checkContactList(session);
    for (const id of ids) await expectOwnDetails(session, id);
    await follow(session, [
      unlinkContactCommand(0, 2),
      linkFormer(0, 0, primaryLink),
      linkContactCommand(1, 2, primaryLink),
      updateContactCommand(0, { company: 'Zon & Zn.', full_name: 'Noor de Bakker' }),
      updateContactCommand(4, { email: 'mark.v@example.com' }),
    ]);
    await look();
    await expectOwnDetails(session, ids[0] ?? '');
    await follow(session, [
      unlinkContactCommand(0, 1),
      unlinkContactCommand(0, 3),
      unlinkUnlinked(0, 0),
      linkFormer(0, 0, { role_on_dossier: 'gatekeeper' }),
      unlinkContactCommand(1, 3),
      archiveDossierCommand(1),
      deleteContactCommand(2),
    ]);
    await look();
    await checkContactList(session);
    await changeDossier(session, [...oracle.dossiers.values()][1] as never, { status: 'active' });
    await look();
  },
  // A server that makes the latest contact primary.
  fault: onPage(['listDossierContacts'], ({ data }) => {
    for (const [index, one] of data.entries()) one['is_primary'] = index === data.length - 1;
  }),
});

/** Neither in the order of their texts or lengths, nor of what is internal. */
const contents = [
  ...['Met at the fair.', 'Calls back on Monday, at ten.\nOr on Tuesday.', 'A & B "quoted"  twice'],
  ...awkwardTexts.slice(0, 17),
  ...['Zzz', 'aaa', 'Met at the fair.', '100%25 %41', '5', 'A line\n\nand another'],
];

const noteFields: Readonly<Record<string, readonly RequirementId[]>> = {
  content: ['LG-NOT-008', 'LG-GEN-039'],
  is_internal: ['LG-NOT-011', 'LG-NOT-012'],
  dossier_id: ['LG-NOT-005'],
};

const noteRequirements: ModelRequirements = {
  accepted: ['LG-NOT-007', 'LG-NOT-014'],
  created: ['LG-GEN-047'],
  note: ({ field = '' }) => noteFields[field] ?? [],
  noteOrder: ['LG-NOT-002'],
  lastNote: ['LG-NOT-007'],
  rest: ['LG-NOT-001'],
};

const notes = defineRule({
  id: 'tours/notes',
  level: 'MUST',
  verifies: [
    ...(['LG-NOT-001', 'LG-NOT-002', 'LG-NOT-004', 'LG-NOT-005', 'LG-NOT-007'] as const),
    ...(['LG-NOT-008', 'LG-NOT-011', 'LG-NOT-012', 'LG-NOT-014', 'LG-GEN-014'] as const),
    ...(['LG-GEN-018', 'LG-GEN-019', 'LG-GEN-039', 'LG-GEN-047'] as const),
  ],
  sentence:
    'A dossier keeps many notes of all kinds, oldest first, each as it was sent, also in the archive.',
  needs: ['fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context, ['notes'], noteRequirements);
    const { org } = session;
    const { about } = context;
    const other = await createKnownDossier(session, { type: 'candidate', name: 'With one note' });
    const dossier = await createKnownDossier(session, { type: 'sales', name: 'With many notes' });
    const path = { id: dossier.id };
    for (const [index, content] of contents.entries()) {
      // Notes of the same second may be in any order (LG-NOT-003).
      if (index === 9 || index === 18) await context.wait(1.1);
      const chosen = index % 3 === 0 ? {} : { is_internal: index % 3 === 1 };
      await follow(session, [addNoteCommand(1, { content, ...chosen })]);
    }
    await follow(session, [addNoteCommand(0, { content: 'Elsewhere' })]);
    const [, , , , , long = ''] = longTexts;
    const body = { content: long, is_internal: false };
    const exchange = await org.all.send('createDossierNote', { path, body });
    if (exchange.response.status >= 400) {
      expectPermittedRefusal(context, exchange, ['LG-GEN-042', 'LG-GEN-043']);
    } else {
      context.expect.success(exchange);
      const { id, content, dossier_id } = dataOf(exchange.json) as Note;
      about('LG-NOT-008');
      expectEqual(content, long, 'the long content of the new note');
      about('LG-NOT-005');
      expectEqual(dossier_id, dossier.id, 'dossier_id of the new note');
      dossier.notes.push({ id, ...body });
    }
    const read = async (known: typeof dossier) => {
      // The form of the list.
      about('LG-NOT-004', 'LG-GEN-018', 'LG-GEN-019');
      const first = await readPage(session, 'listDossierNotes', {}, { id: known.id });
      const { total } = first;
      const items = [...first.items];
      about('LG-GEN-014');
      expectEqual(total, known.notes.length, `the total of the notes of ${known.id}`);
      if (items.length < total) {
        const query = { page: '2' };
        const next = await readPage(session, 'listDossierNotes', query, { id: known.id });
        items.push(...next.items);
      }
      expectNotes(known, items as unknown as Note[], session.say);
    };
    await read(dossier);
    await read(other);
    await follow(session, [archiveDossierCommand(0)]);
    await changeDossier(session, other, { status: 'lost' });
    await read(other);
  },
  fault: onData(['listDossierNotes'], (note) => {
    note['content'] = String(note['content']).replaceAll('\n', ' ');
  }),
});

export default [links, notes] satisfies readonly Rule[];
