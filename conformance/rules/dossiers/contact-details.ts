import fc from 'fast-check';
import { type Details, expectDetailsKept } from '../../assertions/contacts-of-dossiers.ts';
import {
  createAndViewDossier,
  dossierPlaces,
  expectDossierKept,
  expectDossierUpdated,
  updateAndViewDossier,
} from '../../assertions/dossiers.ts';
import {
  checkEachField,
  type FieldRequirements,
  requirementsAbout,
} from '../../assertions/fields.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { type DossierChanges, dossierTypes, type NewDossier } from '../../contract/resources.ts';
import { ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { withUnusedEmail } from '../../fixtures/contacts.ts';
import {
  createDossier,
  findListedDossier,
  retrieveDossier,
  updateDossier,
} from '../../fixtures/dossiers.ts';
import { createDossierInFormat, creationFormats } from '../../fixtures/forms.ts';
import { aDossierType } from '../../generators/dossiers.ts';
import { anEmail, aPhone, aText } from '../../generators/values.ts';

type NewDetails = Pick<NewDossier, 'email' | 'phone' | 'role' | 'intake_notes'>;

/** Typical values. */
const plain: NewDetails = {
  ...{ email: 'noor.bakker@example.com', phone: '+44 (20) 7946 0958', role: 'Planner' },
  intake_notes: 'Met at the fair.\nCalls back on Monday.',
};

const allDetails = () =>
  fc.record({ email: anEmail(), phone: aPhone(), role: aText(), intake_notes: aText() });

/** One of the fields alone, so that none depends on another. */
const oneDetail = () =>
  fc.oneof(
    fc.record({ email: anEmail() }),
    fc.record({ phone: aPhone() }),
    fc.record({ role: aText() }),
    fc.record({ intake_notes: aText() }),
  );

const creationRequirements: FieldRequirements = {
  ...{ email: 'LG-DOS-033', phone: 'LG-DOS-034', role: 'LG-DOS-036', intake_notes: 'LG-DOS-038' },
};

const dossiersContactDetails = defineRule({
  id: 'dossiers/contact-details',
  level: 'MUST',
  verifies: ['LG-DOS-033', 'LG-DOS-034', 'LG-DOS-036', 'LG-DOS-038'],
  sentence:
    'A dossier of either type can be created with `email`, `phone`, `role` and `intake_notes`.',
  needs: [],
  check: async (context) => {
    const take = async (type: NewDossier['type'], drafted: NewDetails) => {
      const org = await context.organization();
      const details = await withUnusedEmail(org, drafted);
      const draft = { type, name: 'Noor Bakker', ...details };
      context.about(...requirementsAbout(creationRequirements, Object.keys(details)));
      const seen = await createAndViewDossier(org, draft);
      checkEachField(context, creationRequirements, details, (field) => {
        expectDossierKept(seen, field);
      });
    };
    for (const type of dossierTypes(context.contract)) {
      for (const [name, value] of Object.entries(plain)) await take(type, { [name]: value });
    }
    await context.property([aDossierType(), allDetails(), oneDetail()], async (type, all, one) => {
      for (const drafted of [all, one]) await take(type, drafted);
    });
  },
  // A server that swaps two fields.
  fault: onData(['getDossier'], (dossier) => {
    [dossier['phone'], dossier['role']] = [dossier['role'], dossier['phone']];
  }),
});

/** Typical values, and their updates. */
const changedDetails = {
  ...{ email: 'noor@example.com', phone: '+31 6 12345678', role: 'Planner' },
  intake_notes: 'Met at the fair.\nCalls back on Monday.',
};

const others = {
  ...{ email: 'iris+leads@mail.example.org', phone: '+44 (20) 7946 0958', role: 'Buyer' },
  intake_notes: 'Called on Monday.\n\nMeets us on Friday.',
};

const details = () => ({
  ...{ email: anEmail(), phone: aPhone() },
  ...{ role: aText(), intake_notes: aText() },
});

/** One of the fields alone, so that none depends on another. */
const oneDetailChanged = () =>
  fc.oneof(...Object.entries(details()).map(([name, text]) => fc.record({ [name]: text })));

const changeRequirements: FieldRequirements = {
  ...{ email: 'LG-DOS-071', phone: 'LG-DOS-072', role: 'LG-DOS-074', intake_notes: 'LG-DOS-082' },
};

/** Updates these fields, and checks each of them. */
const changeDetails = async (org: Organization, id: string, drafted: DossierChanges) => {
  const change = await withUnusedEmail(org, drafted);
  org.context.about(...requirementsAbout(changeRequirements, Object.keys(change)));
  const after = await updateAndViewDossier(org, id, change);
  checkEachField(org.context, changeRequirements, change, (field) => {
    expectDossierUpdated(after, field);
  });
};

const changesContactDetails = defineRule({
  id: 'changes/contact-details',
  level: 'MUST',
  verifies: ['LG-DOS-071', 'LG-DOS-072', 'LG-DOS-074', 'LG-DOS-082'],
  sentence: 'The `email`, `phone`, `role` and `intake_notes` of a dossier can be updated.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      // One that has no values at first, and gets all of them.
      const { id } = await createDossier(org, { type, name: 'Noor Bakker' });
      for (const details of [changedDetails, others]) {
        for (const [name, value] of Object.entries(details)) {
          await changeDetails(org, id, { [name]: value });
        }
      }
    }
    const changes = [fc.record(details()), fc.record(details()), oneDetailChanged()] as const;
    await context.property([aDossierType(), ...changes], async (type, first, all, one) => {
      // One that has all values, and one that has none.
      for (const draft of [first, {}]) {
        const org = await context.organization();
        const { id } = await createDossier(org, {
          ...{ type, name: 'Noor Bakker' },
          ...(await withUnusedEmail(org, draft)),
        });
        for (const drafted of [one, all]) await changeDetails(org, id, drafted);
      }
    });
  },
  // A server that appends to the notes.
  fault: onJsonBody(['updateDossier'], (body) => {
    const { intake_notes: notes } = body;
    return typeof notes === 'string' ? { ...body, intake_notes: `Earlier.\n${notes}` } : body;
  }),
});

const keptDetails = {
  email: 'noor.bakker@example.com',
  phone: '+31 6 12345678',
  role: 'Planner',
} satisfies Details;

/** Each of them alone, then all of them. */
const drafts: readonly Details[] = [
  ...Object.entries(keptDetails).map(([name, value]) => ({ [name]: value })),
  keptDetails,
];

const keptRequirements: FieldRequirements = {
  ...{ email: 'LG-DOS-105', phone: 'LG-DOS-106', role: 'LG-DOS-107' },
};

const dossiersDetailsKept = defineRule({
  id: 'dossiers/details-kept',
  level: 'MUST',
  verifies: ['LG-DOS-035', 'LG-DOS-105', 'LG-DOS-106', 'LG-DOS-107'],
  sentence:
    'The `email`, `phone`, `role` and `company` of a new dossier are returned with the dossier or with its contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      for (const way of creationFormats) {
        for (const draft of drafts) {
          const sent = await withUnusedEmail(org, draft);
          const name = `Created by ${way} with ${Object.keys(draft).join(', ')}`;
          context.about(...requirementsAbout(keptRequirements, Object.keys(sent)));
          const { id } = await createDossierInFormat(org, way, { type, name, ...sent });
          await expectDetailsKept(org, id, sent, keptRequirements);
        }
        const company = 'Tulp Logistics';
        const draft = { type, name: `Created by ${way} with a company`, company };
        context.about('LG-DOS-035');
        const { id } = await createDossierInFormat(org, way, draft);
        const listed = await findListedDossier(org, id);
        expectEqual(listed.company, company, 'the company in the list');
      }
    }
  },
  fault: ignoreField('createDossier', 'email'),
});

const old: Details = { email: 'noor.bakker@example.com', phone: '+31 6 12345678', role: 'Planner' };

const otherDetails: Details = {
  email: 'iris.maas@example.org',
  phone: '+32 2 555 12 12',
  role: 'Buyer',
};

const updateRequirements: FieldRequirements = {
  ...{ email: 'LG-DOS-109', phone: 'LG-DOS-110', role: 'LG-DOS-111' },
};

const changesDetailsKept = defineRule({
  id: 'changes/details-kept',
  level: 'MUST',
  verifies: ['LG-DOS-109', 'LG-DOS-110', 'LG-DOS-111'],
  sentence:
    'After an update of `email`, `phone` or `role`, the new value is returned with the dossier or with its contact.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      // One that has no values at first, and one that has all.
      for (const draft of [{}, old]) {
        let now = await withUnusedEmail(org, draft);
        const { id } = await createDossier(org, { type, name: 'With details to keep', ...now });
        for (const [name, value] of Object.entries(otherDetails)) {
          const sent = await withUnusedEmail(org, { [name]: value as string });
          context.about(...requirementsAbout(updateRequirements, [name]));
          await updateDossier(org, id, sent);
          now = { ...now, ...sent };
          await expectDetailsKept(org, id, now, updateRequirements);
        }
      }
    }
  },
  // A server that stores the role neither with the dossier nor with its contact.
  fault: onData(['createDossier', 'updateDossier', 'getDossier', 'listDossiers'], (dossier) => {
    delete dossier['role'];
  }),
});

const contactDetailsKept = defineRule({
  id: 'dossiers/contact-details-kept',
  level: 'SHOULD',
  verifies: ['LG-DOS-042'],
  sentence:
    'Responses about a dossier return `email`, `phone`, `role` and `intake_notes` as they were sent.',
  needs: [],
  check: (context) => {
    const details = {
      email: fc.oneof(anEmail(), fc.constant('Noor.Bakker+Test@Example.COM')),
      ...{ phone: aText(), role: aText(), intake_notes: aText() },
    };
    return context.property([aDossierType(), fc.record(details)], async (type, details) => {
      const org = await context.organization();
      const sent = await withUnusedEmail(org, details);
      const seen = await createAndViewDossier(org, { type, name: 'Noor Bakker', ...sent });
      expectDossierKept(seen, sent, dossierPlaces);
      for (const place of dossierPlaces)
        expectEqual(seen[place].phone, sent.phone, 'phone as sent,');
    });
  },
  // A server that normalises addresses.
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    phone: `tel:${String(body['phone'])}`,
  })),
});

const emailForm = defineRule({
  id: 'dossiers/email-form',
  level: 'SHOULD',
  verifies: ['LG-DOS-050'],
  sentence: 'An `email` of a dossier without the form of an address is refused.',
  needs: [],
  check: async (context) => {
    const { organization, property, expect } = context;
    const org = await organization();
    const draft = { type: 'candidate' as const, name: 'Noor Bakker' };
    await property(
      [anEmail()],
      async (address) => {
        const [name = '', host = ''] = address.split('@');
        const broken = [name, `@${host}`, `${name}@`, `${name}@@${host}`, `a@${address}`];
        for (const email of [...broken, ` ${address}`, `${name}@ ${host}`]) {
          const body = { ...draft, email };
          expect.refusal(await org.all.send('createDossier', { body }), 400);
        }
        // The rule requires no more of an address than that.
        for (const email of [address, `${name}@intranet`]) {
          await createDossier(org, await withUnusedEmail(org, { ...draft, email }));
        }
      },
      3,
    );
  },
  fault: acceptRefused(400),
});

/** The value that is shown at each point, and the value that was last sent. */
interface Reading {
  readonly sent: string;
  readonly shown: readonly (string | null | undefined)[];
}

/** The notes as retrieved, as listed, and in the response to an update of another field. */
const read = async (org: Organization, id: string, sent: string): Promise<Reading> => {
  const retrieved = await retrieveDossier(org, id);
  const listed = await findListedDossier(org, id);
  const returned = await updateDossier(org, id, { name: retrieved.name });
  // Reading them once is required, since the value must be kept somewhere.
  const again = await retrieveDossier(org, id);
  return { sent, shown: [retrieved, listed, returned, again].map((one) => one.intake_notes) };
};

/** If responses about dossiers of one type show them at all, they show what was sent. */
const expectShown = (readings: readonly Reading[]): void => {
  const areShown = readings.some(({ shown }) => shown.some((one) => one !== undefined));
  if (!areShown) return;
  for (const { sent, shown } of readings) {
    // Not every response has to show them.
    const values = shown.filter((one) => one != null);
    for (const value of values.length > 0 ? values : [null]) {
      expectEqual(value, sent, 'the intake notes');
    }
  }
};

const intakeNotesShown = defineRule({
  id: 'dossiers/intake-notes-shown',
  level: 'MUST',
  verifies: ['LG-DOS-108'],
  sentence: 'If responses contain `intake_notes` at all, they contain the text that was last sent.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const type of dossierTypes(context.contract)) {
      const readings: Reading[] = [];
      for (const way of creationFormats) {
        const first = `Met at the fair, says ${way}.`;
        const draft = { type, name: `With notes by ${way}`, intake_notes: first };
        const { id } = await createDossierInFormat(org, way, draft);
        readings.push(await read(org, id, first));
        const second = `Called, after ${way}.`;
        await updateDossier(org, id, { intake_notes: second });
        readings.push(await read(org, id, second));
      }
      expectShown(readings);
    }
  },
  fault: ignoreField('createDossier', 'intake_notes'),
});

export default [
  dossiersContactDetails,
  changesContactDetails,
  dossiersDetailsKept,
  changesDetailsKept,
  contactDetailsKept,
  emailForm,
  intakeNotesShown,
] satisfies readonly Rule[];
