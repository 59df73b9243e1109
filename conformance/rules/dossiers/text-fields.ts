import {
  createAndViewDossier,
  type DossierPlace,
  dossierPlaces,
  expectDossierKept,
  expectDossierUpdated,
  updateAndViewDossier,
  viewCreatedDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import {
  checkEachField,
  expectWholeTexts,
  type FieldRequirements,
  requirementsAbout,
} from '../../assertions/fields.ts';
import { dataOf } from '../../context/answers.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { freeTexts } from '../../contract/fields.ts';
import type { ChangedDossier, Dossier } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createContact, unusedEmail } from '../../fixtures/contacts.ts';
import { createDossier } from '../../fixtures/dossiers.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { aText } from '../../generators/values.ts';

const dossiersName = defineRule({
  id: 'dossiers/name',
  level: 'MUST',
  verifies: ['LG-DOS-030'],
  sentence: 'Creating a dossier needs `name`, which is returned as it was sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const email = await unusedEmail(org);
    const { id: contact_id } = await createContact(org, { full_name: 'Iris Maas' });
    await context.property([aDossierType(), aText()], async (type, name) => {
      // No other field replaces the name.
      const texts = { company: name, role: name, intake_notes: name };
      const person = type === 'sales' ? [{ contact_person: name }] : [];
      for (const other of [{}, texts, ...person, { email }, { contact_id }]) {
        const withoutName = await org.all.send('createDossier', { body: { type, ...other } });
        context.expect.refusal(withoutName, 400);
      }
      expectDossierKept(await createAndViewDossier(org, { type, name }), { name }, dossierPlaces);
    });
  },
  // A server with a default name.
  fault: onJsonBody(['createDossier'], (body) => ({ name: 'Untitled', ...body })),
});

const changesName = defineRule({
  id: 'changes/name',
  level: 'MUST',
  verifies: ['LG-DOS-070'],
  sentence: 'A dossier of either type can be renamed any number of times.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aDossierType(), aText(), aText()], async (type, first, second) => {
      const { id } = await createDossier(org, { type, name: 'Before it is renamed' });
      for (const name of [first, second]) {
        expectDossierUpdated(await updateAndViewDossier(org, id, { name }), { name });
      }
    });
  },
  fault: ignoreField('updateDossier', 'name'),
});

const dossiersCompany = defineRule({
  id: 'dossiers/company',
  level: 'MUST',
  verifies: ['LG-DOS-035'],
  sentence: 'A dossier of either type can be created with `company`, and the list returns it.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aDossierType(), aText()], async (type, company) => {
      const seen = await createAndViewDossier(org, { type, name: 'Noor Bakker', company });
      expectDossierKept(seen, { company }, ['listed']);
    });
  },
  fault: ignoreField('createDossier', 'company'),
});

/** A server whose list shows the first company of a dossier. */
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
  sentence: 'After an update of `company`, a dossier of either type has the new company.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aDossierType(), aText(), aText()], async (type, first, second) => {
      const { id } = await createDossier(org, { type, name: 'Before an update of its company' });
      for (const company of [first, second]) {
        expectDossierUpdated(await updateAndViewDossier(org, id, { company }), { company });
      }
    });
  },
  fault: listWithOldCompanies(),
});

const dossiersContactPerson = defineRule({
  id: 'dossiers/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-039'],
  sentence: 'A sales dossier can be created with `contact_person`, and the list returns it.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aText()], async (contact_person) => {
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', contact_person };
      expectDossierKept(await createAndViewDossier(org, draft), { contact_person }, ['listed']);
    });
  },
  // A server whose list leaves the field out.
  fault: onData(['listDossiers'], (dossier) => {
    delete dossier['contact_person'];
  }),
});

const changesContactPerson = defineRule({
  id: 'changes/contact-person',
  level: 'MUST',
  verifies: ['LG-DOS-075'],
  sentence: 'After an update of `contact_person`, a sales dossier has the new contact person.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aText(), aText()], async (first, second) => {
      const { id } = await createDossier(org, { type: 'sales', name: 'With changing persons' });
      for (const contact_person of [first, second]) {
        const after = await updateAndViewDossier(org, id, { contact_person });
        expectDossierUpdated(after, { contact_person });
      }
    });
  },
  fault: ignoreField('updateDossier', 'contact_person'),
});

/** The strings of a sales dossier, with the places that must show them. */
const fields: Readonly<Record<string, readonly DossierPlace[]>> = {
  name: ['created', 'retrieved', 'listed'],
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ role: [], intake_notes: [] },
};

const creationRequirements: FieldRequirements = {
  ...{ name: 'LG-DOS-030', company: 'LG-DOS-035', role: 'LG-DOS-036' },
  ...{ intake_notes: 'LG-DOS-038', contact_person: 'LG-DOS-039' },
};

const dossiersLongTextWhole = defineRule({
  id: 'dossiers/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-030', 'LG-DOS-035', 'LG-DOS-036', 'LG-DOS-038', 'LG-DOS-039'],
  sentence: 'A string in a new dossier is either refused as too long or stored completely.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await expectWholeTexts(
      context,
      Object.keys(fields),
      (texts) => {
        const body = { type: 'sales', name: 'Tulp Logistics', ...texts };
        context.about(...requirementsAbout(creationRequirements, Object.keys(texts)));
        return org.all.send('createDossier', { body });
      },
      async (texts, { json }) => {
        const seen = await viewCreatedDossier(org, dataOf(json) as Dossier);
        checkEachField(context, creationRequirements, texts, (text) => {
          expectDossierKept(
            seen,
            text,
            Object.keys(text).flatMap((field) => fields[field] ?? []),
          );
        });
      },
    );
  },
  // A server that silently truncates strings to 255 characters.
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    company: typeof body['company'] === 'string' ? body['company'].slice(0, 255) : null,
  })),
});

const changeRequirements: FieldRequirements = {
  ...{ name: 'LG-DOS-070', company: 'LG-DOS-073', role: 'LG-DOS-074' },
  ...{ contact_person: 'LG-DOS-075', intake_notes: 'LG-DOS-082' },
};

const changesLongTextWhole = defineRule({
  id: 'changes/long-text-whole',
  level: 'MUST',
  verifies: ['LG-DOS-070', 'LG-DOS-073', 'LG-DOS-074', 'LG-DOS-075', 'LG-DOS-082'],
  sentence:
    'A string in an update of a dossier is either refused as too long or stored completely.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const { id } = await createDossier(org, { type: 'sales', name: 'Of any length' });
    const texts = freeTexts(context.contract, 'updateDossier');
    // How a phone number may be normalised is a decision.
    const fields = ['name', ...texts.filter((field) => field !== 'phone')];
    await expectWholeTexts(
      context,
      fields,
      (body) => {
        context.about(...requirementsAbout(changeRequirements, Object.keys(body)));
        return org.all.send('updateDossier', { path: { id }, body });
      },
      async (changes, { json }) => {
        const returned = dataOf(json) as ChangedDossier;
        const after = { returned, ...(await viewDossier(org, id)) };
        checkEachField(context, changeRequirements, changes, (change) => {
          expectDossierUpdated(after, change);
        });
      },
    );
  },
  // A server that silently truncates strings to 255 characters.
  fault: onJsonBody(['updateDossier'], (body) => {
    const { company } = body;
    return typeof company === 'string' ? { ...body, company: company.slice(0, 255) } : body;
  }),
});

const blankName = defineRule({
  id: 'dossiers/blank-name',
  level: 'SHOULD',
  verifies: ['LG-DOS-031'],
  sentence: 'A `name` of only white space is refused.',
  needs: [],
  check: async ({ organization, property, expect }) => {
    const org = await organization();
    await property(
      [aDossierType()],
      async (type) => {
        for (const name of ['', ' ', '\t\n', '\u00A0\u2003']) {
          const blank = await org.all.send('createDossier', { body: { type, name } });
          expect.refusal(blank, 400);
        }
        await createDossier(org, { type, name: '.' });
      },
      2,
    );
  },
  fault: acceptRefused(400),
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
