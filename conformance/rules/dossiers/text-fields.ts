import {
  changeAndViewDossier,
  createAndViewDossier,
  type DossierPlace,
  dossierPlaces,
  expectDossierChanged,
  expectDossierKept,
  viewCreatedDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectWholeTexts } from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { freeTexts } from '../../contract/fields.ts';
import type { ChangedDossier, Dossier } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onSent } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { aType } from '../../generators/dossiers.ts';
import { aText } from '../../generators/values.ts';

const dossiersName = defineRule({
  id: 'dossiers/name',
  level: 'MUST',
  verifies: ['LG-DOS-030'],
  sentence: 'A dossier needs a name, and has the one that was sent.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const email = await unusedEmail(world, home);
    const { id: contact_id } = await createContact(world, home, { full_name: 'Iris Maas' });
    await world.property([aType(), aText()], async (type, name) => {
      // No other text stands in for it, and nobody's name.
      const texts = { company: name, role: name, intake_notes: name };
      const person = type === 'sales' ? [{ contact_person: name }] : [];
      for (const other of [{}, texts, ...person, { email }, { contact_id }]) {
        const nameless = await home.all.send('createDossier', { body: { type, ...other } });
        world.expect.refusal(nameless, 400);
      }
      expectDossierKept(
        await createAndViewDossier(world, home, { type, name }),
        { name },
        dossierPlaces,
      );
    });
  },
  // A server with a name for everything.
  liar: onSent(['createDossier'], (body) => ({ name: 'Untitled', ...body })),
});

const changesName = defineRule({
  id: 'changes/name',
  level: 'MUST',
  verifies: ['LG-DOS-070'],
  sentence: 'A dossier of either type can be renamed, and again.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText(), aText()], async (type, first, second) => {
      const { id } = await home.createDossier({ type, name: 'Yet to be renamed' });
      for (const name of [first, second]) {
        expectDossierChanged(await changeAndViewDossier(world, home, id, { name }), { name });
      }
    });
  },
  liar: ignoreField('updateDossier', 'name'),
});

const dossiersCompany = defineRule({
  id: 'dossiers/company',
  level: 'MUST',
  verifies: ['LG-DOS-035'],
  sentence: 'A dossier of either type keeps its company, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText()], async (type, company) => {
      const seen = await createAndViewDossier(world, home, { type, name: 'Noor Bakker', company });
      expectDossierKept(seen, { company }, ['listed']);
    });
  },
  liar: ignoreField('createDossier', 'company'),
});

/** Shows a company in its list as it was first. */
const listWithOldCompanies = (): Fault => (fetch, name) => {
  const first = new Map<unknown, unknown>();
  return onData(['listDossiers'], (dossier) => {
    if (!first.has(dossier['id'])) first.set(dossier['id'], dossier['company']);
    dossier['company'] = first.get(dossier['id']);
  })(fetch, name);
};

const changesCompany = defineRule({
  id: 'changes/company',
  level: 'MUST',
  verifies: ['LG-DOS-073'],
  sentence: 'A dossier of either type that gets another company, or its first, has that one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aType(), aText(), aText()], async (type, first, second) => {
      const { id } = await home.createDossier({ type, name: 'About to change its company' });
      for (const company of [first, second]) {
        expectDossierChanged(await changeAndViewDossier(world, home, id, { company }), { company });
      }
    });
  },
  liar: listWithOldCompanies(),
});

const dossiersContactPerson = defineRule({
  id: 'dossiers/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-039'],
  sentence: 'A sales dossier keeps its contact person, and the list shows it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText()], async (contact_person) => {
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', contact_person };
      expectDossierKept(await createAndViewDossier(world, home, draft), { contact_person }, [
        'listed',
      ]);
    });
  },
  // A list that is leaner than it may be.
  liar: onData(['listDossiers'], (dossier) => {
    delete dossier['contact_person'];
  }),
});

const changesContactPerson = defineRule({
  id: 'changes/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-075'],
  sentence: 'A sales dossier that gets another contact person, or its first, has that one.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await world.property([aText(), aText()], async (first, second) => {
      const { id } = await home.createDossier({ type: 'sales', name: 'With changing persons' });
      for (const contact_person of [first, second]) {
        const after = await changeAndViewDossier(world, home, id, { contact_person });
        expectDossierChanged(after, { contact_person });
      }
    });
  },
  liar: ignoreField('updateDossier', 'contact_person'),
});

/** The texts of a sales dossier, with the places that must show them. */
const fields: Readonly<Record<string, readonly DossierPlace[]>> = {
  name: ['created', 'retrieved', 'listed'],
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ role: [], intake_notes: [] },
};

const dossiersLongTextWhole = defineRule({
  id: 'dossiers/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'A text that is too long is refused, and any other is kept to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    await expectWholeTexts(
      world,
      Object.keys(fields),
      (texts) => {
        const body = { type: 'sales', name: 'Tulp Logistics', ...texts };
        return home.all.send('createDossier', { body });
      },
      async (texts, { json }) => {
        const seen = await viewCreatedDossier(world, home, dataOf(json) as Dossier);
        for (const [field, text] of Object.entries(texts)) {
          expectDossierKept(seen, { [field]: text }, fields[field]);
        }
      },
    );
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['createDossier'], (body) => ({
    ...body,
    company: typeof body['company'] === 'string' ? body['company'].slice(0, 255) : null,
  })),
});

const changesLongTextWhole = defineRule({
  id: 'changes/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-070', 'LG-DOS-073', 'LG-DOS-074', 'LG-DOS-075', 'LG-DOS-082'],
  sentence: 'A text that is too long for a change is refused, and any other is kept to its end.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    const { id } = await home.createDossier({ type: 'sales', name: 'Of any length' });
    const texts = freeTexts(world.contract, 'updateDossier');
    // How a phone number may be rewritten is a matter of decisions.
    const fields = ['name', ...texts.filter((field) => field !== 'phone')];
    await expectWholeTexts(
      world,
      fields,
      (body) => home.all.send('updateDossier', { path: { id }, body }),
      async (changes, { json }) => {
        const answered = dataOf(json) as ChangedDossier;
        expectDossierChanged({ answered, ...(await viewDossier(world, home, id)) }, changes);
      },
    );
  },
  // A server with columns of 255 characters, which it fills up without a word.
  liar: onSent(['updateDossier'], (body) => {
    const { company } = body;
    return typeof company === 'string' ? { ...body, company: company.slice(0, 255) } : body;
  }),
});

const blankName = defineRule({
  id: 'dossiers/blank-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-031'],
  sentence: 'A name of nothing but white space is refused.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const home = await organization();
    await property(
      [aType()],
      async (type) => {
        for (const name of ['', ' ', '\t\n', '\u00A0\u2003']) {
          const blank = await home.all.send('createDossier', { body: { type, name } });
          expect.refusal(blank, 400);
        }
        await home.createDossier({ type, name: '.' });
      },
      2,
    );
  },
  liar: acceptRefused(400),
});

export default [
  dossiersName,
  changesName,
  dossiersCompany,
  changesCompany,
  dossiersContactPerson,
  changesContactPerson,
  dossiersLongTextWhole,
  changesLongTextWhole,
  blankName,
] satisfies readonly Rule[];
