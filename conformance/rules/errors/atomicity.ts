import { retrySearch } from '../../assertions/contacts.ts';
import { expectOtherFieldsUnchanged, viewDossier } from '../../assertions/dossiers.ts';
import { unknownIdLike } from '../../assertions/foreign-ids.ts';
import { expectPermittedRefusal, snapshotOf } from '../../assertions/refusals.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { contactKinds } from '../../contract/resources.ts';
import { demotePrimaryFirst } from '../../faults/contacts.ts';
import { type Fault, onSent } from '../../faults/inject.ts';
import { refuseButApplyOthers } from '../../faults/partial-writes.ts';
import {
  changeContact,
  contactsContaining,
  createContact,
  createContacts,
  documentedFieldsOf,
  unusedWord,
} from '../../fixtures/contacts.ts';
import { changeDossier } from '../../fixtures/dossiers.ts';
import {
  addNote,
  asPrimary,
  linkContact,
  linksOfDossier,
  noteContentsOfDossier,
} from '../../fixtures/links-and-notes.ts';

const errorsNoHalfChange = defineRule({
  id: 'errors/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A creation that is refused for one of its fields leaves nothing behind.',
  needs: ['fresh-organizations'],
  check: async (world) => {
    const { organization, expect } = world;
    const home = await organization();
    const id = unknownIdLike((await home.prepare('listFlowStages')).path?.['id'] ?? '');
    const right = { type: 'sales', name: 'Tulp Logistics', company: 'Tulp' } as const;
    const create = (wrong: object) =>
      home.all.send('createDossier', { body: { ...right, ...wrong } });
    // Those who come along with a dossier don't stay behind either.
    const before = await snapshotOf(world, home);
    const offences = [
      ...[{ type: 'neither' }, { name: undefined }, { deal_size: 'much' }],
      ...[{ flow_id: id }, { contact_id: id }],
    ];
    for (const wrong of offences) {
      expectPermittedRefusal(world, await create(wrong), [
        'LG-ERR-023',
        'LG-DOS-027',
        'LG-DOS-055',
      ]);
      expectEqual(await snapshotOf(world, home), before, 'what there was before,');
    }
    expect.success(await create({}));
  },
  liar: refuseButApplyOthers('flow_id'),
});

const right = { name: 'Half a change', company: 'Tulp Logistics', contact_person: 'Iris Maas' };

/** Does what is right of a change before it looks at the rest. */
const doRightFirst: Fault = (fetch, name) => async (request) => {
  const half = onSent(['updateDossier'], (body) => ({ name: body['name'] }));
  if (name(request.method, request.url) === 'updateDossier') {
    await half(fetch, name)(request.clone());
  }
  return fetch(request);
};

const changesNoHalfChange = defineRule({
  id: 'changes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A change that is refused for one of its fields changes none of them.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const draft = { type: 'sales' as const, name: 'To stay whole', company: 'Rabobank' };
    const { id, current_stage_id } = await home.createDossier(draft);
    const before = await viewDossier(world, home, id);
    // Both are refused by any reading of the text.
    const stage = { current_stage_id: unknownIdLike(current_stage_id) };
    for (const wrong of [{ status: 'open' }, stage]) {
      // Whether it comes first or last.
      for (const body of [
        { ...right, ...wrong },
        { ...wrong, ...right, ...wrong },
      ]) {
        const refused = await home.all.send('updateDossier', { path: { id }, body });
        expectPermittedRefusal(world, refused, ['LG-ERR-023', 'LG-DOS-085']);
        const after = await viewDossier(world, home, id);
        expectOtherFieldsUnchanged(world, before, { answered: { id }, ...after });
      }
    }
    await changeDossier(world, home, id, right);
  },
  liar: doRightFirst,
});

const contactsNoHalfChange = defineRule({
  id: 'contacts/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A creation or change that is refused for one of its fields has changed nothing.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const [kind = 'candidate'] = contactKinds(world.contract);
    const word = await unusedWord(world, home);
    const email = `noor.bakker.${word}@example.com`;
    await createContact(world, home, { full_name: 'Noor Bakker', email });
    const { id } = await createContact(world, home, { full_name: `Iris ${word}`, kind: [kind] });
    const look = async () =>
      (await contactsContaining(world, home, word)).map((contact) =>
        documentedFieldsOf(world.contract, contact),
      );
    const before = await look();
    const right = { full_name: `Mark ${word}`, company: `Tulp ${word}`, kind: [] };
    const offences = [{ kind: [kind, 'lead'] }, { email }, { full_name: null }, { city: ['Ede'] }];
    for (const offence of offences) {
      const body = { ...right, ...offence };
      expectPermittedRefusal(world, await home.all.send('createContact', { body }), [
        'LG-ERR-023',
        409,
      ]);
      const change = { path: { id }, body };
      expectPermittedRefusal(world, await home.all.send('updateContact', change), [
        'LG-ERR-023',
        409,
      ]);
      await retrySearch(world, async () => {
        expectEqual(await look(), before, 'all contacts as before,');
      });
    }
    await createContact(world, home, { full_name: 'Mark' });
    await changeContact(world, home, id, { full_name: 'Mark', company: 'Tulp' });
  },
  // A server that changes field by field, until one doesn't fit.
  liar: refuseButApplyOthers('city', 400),
});

const linksNoHalfChange = defineRule({
  id: 'links/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A link that is refused changes nothing, and leaves the primary contact its place.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Refused to some' });
    const people = [{ full_name: 'Noor Bakker' }, { full_name: 'Iris Smit' }];
    const [noor = '', iris = ''] = (await createContacts(world, home, people)).map((one) => one.id);
    await linkContact(world, home, id, { contact_id: noor, ...asPrimary });
    const before = await linksOfDossier(world, home, id);
    const right = { contact_id: iris, ...asPrimary };
    const offences = [
      { role_on_dossier: 'friend' },
      { role_on_dossier: undefined },
      { is_primary: 'yes' },
      { contact_id: unknownIdLike(iris) },
    ];
    for (const offence of offences) {
      const request = { path: { id }, body: { ...right, ...offence } };
      expectPermittedRefusal(world, await home.all.send('linkDossierContact', request), [
        'LG-ERR-023',
        'LG-LNK-013',
      ]);
      expectEqual(await linksOfDossier(world, home, id), before, 'the links as before,');
    }
    await linkContact(world, home, id, right);
  },
  // A server that ends the place of the one before at once, and then finds that nobody follows.
  liar: demotePrimaryFirst,
});

const notesNoHalfChange = defineRule({
  id: 'notes/no-half-change',
  level: 'SHOULD',
  verifies: ['LG-ERR-028'],
  sentence: 'A note that is refused for one of its fields is not added.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'With nothing half said' });
    await addNote(world, home, id, { content: 'Called' });
    const before = await noteContentsOfDossier(world, home, id);
    const right = { content: 'Called again', is_internal: false };
    for (const offence of [{ is_internal: 'no' }, { is_internal: null }, { content: ['Called'] }]) {
      const request = { path: { id }, body: { ...right, ...offence } };
      world.expect.refusal(await home.all.send('createDossierNote', request), 400);
      expectEqual(await noteContentsOfDossier(world, home, id), before, 'the notes as before,');
    }
    await addNote(world, home, id, right);
  },
  liar: refuseButApplyOthers('is_internal', 400),
});

export default [
  errorsNoHalfChange,
  changesNoHalfChange,
  contactsNoHalfChange,
  linksNoHalfChange,
  notesNoHalfChange,
] satisfies readonly Rule[];
