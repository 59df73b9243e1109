import type { RequirementId } from '../../../openapi/register.ts';
import {
  contactPlaces,
  createAndViewContact,
  expectContactKept,
  updateAndViewContact,
  viewContact,
} from '../../assertions/contacts.ts';
import {
  expectWholeTexts,
  type FieldRequirements,
  requirementsAbout,
} from '../../assertions/fields.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { freeTexts } from '../../contract/fields.ts';
import type { Contact } from '../../contract/resources.ts';
import { type Fault, ignoreField, onData, onJsonBody } from '../../faults/inject.ts';
import { createContact, deleteContact, findListedContact } from '../../fixtures/contacts.ts';
import { aProfile, longProfile } from '../../generators/contacts.ts';
import { aPhone, aText } from '../../generators/values.ts';

interface DetailField {
  readonly id: string;
  readonly verifies: RequirementId;
  readonly field: 'phone' | 'company' | 'role' | 'city';
  /** The documented places that must show the value. */
  readonly places: typeof contactPlaces;
  readonly fault: Fault;
}

const detailFields: readonly DetailField[] = [
  {
    id: 'contacts/phone',
    verifies: 'LG-CON-038',
    field: 'phone',
    places: ['listed'],
    // A server that stores the phone as a number.
    fault: onJsonBody(['createContact'], (body) => ({
      ...body,
      phone: String(Number.parseInt(String(body['phone']), 10)),
    })),
  },
  {
    id: 'contacts/company',
    verifies: 'LG-CON-041',
    field: 'company',
    places: contactPlaces,
    // A server that completes the name of the company.
    fault: onJsonBody(['createContact'], (body) => ({
      ...body,
      company: `${String(body['company'])} B.V.`,
    })),
  },
  {
    id: 'contacts/role',
    verifies: 'LG-CON-042',
    field: 'role',
    places: contactPlaces,
    fault: ignoreField('createContact', 'role'),
  },
  {
    id: 'contacts/city',
    verifies: 'LG-CON-043',
    field: 'city',
    places: contactPlaces,
    // A server that leaves the city out of the retrieved contact.
    fault: onData(['getContact'], (contact) => {
      delete contact['city'];
    }),
  },
];

const detailRules = detailFields.map(({ id, verifies, field, places, fault }) =>
  defineRule({
    id,
    level: 'MUST',
    verifies: [verifies],
    sentence: `A contact can be created with \`${field}\`, and ${places.length > 1 ? 'responses return it' : 'the list returns it'}.`,
    needs: [],
    check: async (context) => {
      const org = await context.organization();
      await context.property([field === 'phone' ? aPhone() : aText()], async (value) => {
        const draft = { full_name: 'Noor Bakker', [field]: value };
        expectContactKept(await createAndViewContact(org, draft), { [field]: value }, places);
      });
    },
    fault,
  }),
);

const notes = defineRule({
  id: 'contacts/notes',
  level: 'MUST',
  verifies: ['LG-CON-049'],
  sentence: 'A contact can be created with `notes`, and the list returns them.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([aText(), aText()], async (first, second) => {
      const notes = `${first}\n\n${second}`;
      const seen = await createAndViewContact(org, { full_name: 'Noor Bakker', notes });
      expectContactKept(seen, { notes }, ['listed']);
    });
  },
  // A server whose list shows only the first line.
  fault: onData(['listContacts'], (contact) => {
    contact['notes'] =
      typeof contact['notes'] === 'string' ? contact['notes'].split('\n')[0] : null;
  }),
});

/**
 * As people write them nationally and internationally, and other text that people put into the
 * field.
 */
const variants = [
  ...['+31 6 12345678', '+31612345678', '06 12 34 56 78', '0612345678', '0031-20-5551234'],
  ...['+32 (0)2 555 12 12', '020-5551234 ext. 5', 'tel:+31201234567', '٠٦١٢٣٤٥٦٧٨', 'by e-mail'],
];

const phoneSpelling = defineRule({
  id: 'contacts/phone-spelling',
  level: 'SHOULD',
  verifies: ['LG-CON-080'],
  sentence: 'A `phone` is stored exactly as it was sent, whatever characters it has.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const [index, phone] of variants.entries()) {
      const made = await createAndViewContact(org, { full_name: 'Noor Bakker', phone });
      const next = variants[(index + 1) % variants.length] ?? phone;
      const changes = { phone: next };
      const changed = await updateAndViewContact(org, made.returned.id, changes);
      for (const place of contactPlaces) {
        expectEqual(made[place].phone, phone, 'phone of a new contact');
        expectEqual(changed[place].phone, next, 'phone after an update');
      }
    }
  },
  // A server that removes spaces, brackets and hyphens.
  fault: onJsonBody(['createContact', 'updateContact'], (body) =>
    typeof body['phone'] === 'string'
      ? { ...body, phone: body['phone'].replaceAll(/[ ()-]/g, '') }
      : body,
  ),
});

const linkedinUrl = defineRule({
  id: 'contacts/linkedin-url',
  level: 'MUST',
  verifies: ['LG-CON-039'],
  sentence: 'A contact can be created with `linkedin_url`, and the list returns that profile.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const keep = async (linkedin_url: string) => {
      const draft = { full_name: 'Noor Bakker', linkedin_url };
      const seen = await createAndViewContact(org, draft);
      expectContactKept(seen, { linkedin_url }, ['listed']);
    };
    const body = { full_name: 'Noor Bakker', linkedin_url: longProfile };
    const long = await org.all.send('createContact', { body });
    // A text may be refused as too long (LG-GEN-042).
    if (long.response.status >= 400)
      expectPermittedRefusal(context, long, ['LG-GEN-042', 'LG-GEN-043']);
    else {
      context.expect.success(long);
      const seen = await viewContact(org, dataOf(long.json) as Contact);
      expectContactKept(seen, { linkedin_url: longProfile }, ['listed']);
    }
    await context.property([aProfile()], keep);
  },
  // A server whose list leaves the field out.
  fault: onData(['listContacts'], (contact) => {
    delete contact['linkedin_url'];
  }),
});

const addresses = [
  'HTTPS://www.LinkedIn.com/in/Noor/?trk=people',
  'linkedin.com/in/noor',
  'https://example.com/noor',
  'noor',
  'in/نور بكر',
];

const anyLinkedinUrl = defineRule({
  id: 'contacts/any-linkedin-url',
  level: 'SHOULD',
  verifies: ['LG-CON-040'],
  sentence: 'A `linkedin_url` is stored whatever its form.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const linkedin_url of addresses) {
      const made = await createContact(org, { full_name: 'Noor Bakker', linkedin_url });
      expectEqual(made.linkedin_url, linkedin_url, 'linkedin_url of a new contact');
      const { id } = await createContact(org, { full_name: 'Iris' });
      const seen = await updateAndViewContact(org, id, { linkedin_url });
      for (const place of contactPlaces) {
        expectEqual(seen[place].linkedin_url, linkedin_url, 'linkedin_url after an update');
      }
    }
  },
  // A server that adds https:// to profiles.
  fault: onJsonBody(['createContact', 'updateContact'], (body) =>
    typeof body['linkedin_url'] === 'string' && !/^https?:/i.test(body['linkedin_url'])
      ? { ...body, linkedin_url: `https://${body['linkedin_url']}` }
      : body,
  ),
});

/** How these fields may be normalised is a decision. */
const rewritten = ['phone', 'linkedin_url'];

/** The string fields that the list must return completely. */
const expectWhole = async (
  org: Organization,
  id: string,
  texts: Readonly<Record<string, string>>,
  requirements: FieldRequirements,
): Promise<void> => {
  const listed = await findListedContact(org, id);
  for (const [field, text] of Object.entries(texts)) {
    org.context.about(...requirementsAbout(requirements, [field]));
    const shown = String(listed[field as keyof Contact]).normalize('NFC');
    const what = `${field} of ${String(text.length)} letters`;
    expectThat(shown === text, what, () => `${String(shown.length)}, not the same`);
  }
};

const creationRequirements: FieldRequirements = {
  ...{ full_name: 'LG-CON-027', company: 'LG-CON-041', role: 'LG-CON-042', city: 'LG-CON-043' },
  notes: 'LG-CON-049',
};

const changeRequirements: FieldRequirements = {
  ...{ full_name: 'LG-CON-058', company: 'LG-CON-065', role: 'LG-CON-066', city: 'LG-CON-067' },
  notes: 'LG-CON-069',
};

const longTextWhole = defineRule({
  id: 'contacts/long-text-whole',
  level: 'MUST',
  verifies: [
    ...(['LG-CON-027', 'LG-CON-041', 'LG-CON-042', 'LG-CON-043', 'LG-CON-049'] as const),
    ...(['LG-CON-058', 'LG-CON-065', 'LG-CON-066', 'LG-CON-067', 'LG-CON-069'] as const),
  ],
  sentence: 'A string in a contact is either refused as too long or stored completely.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const texts = freeTexts(context.contract, 'createContact');
    const fields = ['full_name', ...texts.filter((field) => !rewritten.includes(field))];
    const { id } = await createContact(org, { full_name: 'Iris' });
    await expectWholeTexts(
      context,
      fields,
      (texts) => {
        context.about(...requirementsAbout(creationRequirements, Object.keys(texts)));
        return org.all.send('createContact', { body: { full_name: 'Noor Bakker', ...texts } });
      },
      async (texts, { json }) => {
        const { id: made } = dataOf(json) as Contact;
        await expectWhole(org, made, texts, creationRequirements);
        // Listing many of these long texts would take long.
        await deleteContact(org, made);
      },
    );
    await expectWholeTexts(
      context,
      fields,
      (body) => {
        context.about(...requirementsAbout(changeRequirements, Object.keys(body)));
        return org.all.send('updateContact', { path: { id }, body });
      },
      (texts) => expectWhole(org, id, texts, changeRequirements),
    );
  },
  // A server that silently truncates strings to 255 characters.
  fault: onJsonBody(['createContact', 'updateContact'], (body) =>
    typeof body['company'] === 'string'
      ? { ...body, company: body['company'].slice(0, 255) }
      : body,
  ),
});

export default [
  ...detailRules,
  notes,
  phoneSpelling,
  linkedinUrl,
  anyLinkedinUrl,
  longTextWhole,
] satisfies readonly Rule[];
