import { describePerson, type NetworkContact } from './contacts.ts';
import type { DemoContext } from './context.ts';
import { addDossier, type DossierCourse, type DossierStep } from './dossiers.ts';
import { candidateRoles, type Person } from './people.ts';
import { candidateIntakes } from './texts.ts';

/** Adds a candidate's dossier; some candidates are contacts of the network. */
export const addCandidate = (
  context: DemoContext,
  course: DossierCourse,
  network: readonly NetworkContact[],
): void => {
  const { random, newPerson, pickMember } = context;
  const { number, flow } = course;
  const known = number % 8 === 5 ? random.pick(network) : undefined;
  const person = known?.person ?? newPerson();
  const { name, email, phone, company } = person;
  const role = random.pick(candidateRoles);
  const about = { name, role, company: company.name, assigned_to: pickMember() };
  const intake = number % 3 === 0 ? { intake_notes: random.pick(candidateIntakes) } : {};
  const cv = makePdf([name, role, `${company.name}, ${person.city}`, email]);
  addDossier(context, course, {
    draft: () => {
      const contact = known ? { contact_id: known.id() } : { email, phone };
      return { type: 'candidate', ...about, ...intake, ...contact, flow_id: flow.id };
    },
    ...(number % 6 === 0 && { cv }),
    steps: [
      ...(known ? [] : [completeContact(context, person, number)]),
      ...(number % 6 === 2 ? [sendCv(context, cv)] : []),
      ...(number % 4 === 0 ? [linkManager(context, random.pick(network))] : []),
    ],
  });
};

/** Uploads a CV after the dossier was created. */
const sendCv =
  ({ perform }: DemoContext, cv: Buffer): DossierStep =>
  (id) =>
    perform('uploadDossierCv', { params: { id }, files: new Map([['cv', cv]]) });

const linkManager =
  ({ perform }: DemoContext, manager: NetworkContact): DossierStep =>
  (id) => {
    const link = { role_on_dossier: 'hiring_manager', is_primary: false } as const;
    perform('linkDossierContact', { params: { id }, body: { contact_id: manager.id(), ...link } });
  };

/**
 * Adds the fields that a dossier doesn't give its contact, and puts some contacts in the talent
 * pool.
 */
const completeContact =
  (context: DemoContext, person: Person, number: number): DossierStep =>
  (id) => {
    const query = { page: 1, per_page: 1 };
    const [contact] = context.perform('listDossierContacts', { params: { id }, query }).data;
    if (!contact) throw new Error('A dossier of the demo data has no contact.');
    const { city, linkedin_url } = describePerson(person);
    const params = { id: contact.contact_id };
    context.perform('updateContact', { params, body: { city, linkedin_url } });
    if (number % 4 === 1) context.putInPool(contact.contact_id, 30 + 3 * number);
    if (number % 8 === 2) context.putInPool(contact.contact_id, -1 - number);
  };

/**
 * A minimal PDF of one page with lines of text.
 *
 * @param lines - characters that the standard fonts lack are written without accents, or as `?`
 */
export const makePdf = (lines: readonly string[]): Buffer => {
  const page = lines.map((line) => `(${escape(line)}) Tj T*`).join('\n');
  const content = `BT /F1 14 Tf 18 TL 72 760 Td\n${page}\nET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`;
  // One byte for each character, so that lengths equal offsets.
  return Buffer.from(file + table + trailer, 'latin1');
};

const escape = (text: string): string =>
  text.replace(/[^\x20-\x7e\xa0-\xff]/gu, replaceLetter).replace(/[\\()]/g, '\\$&');

/** A letter that the font lacks, without its accents. */
const replaceLetter = (letter: string): string =>
  /^[\x20-\x7e]/.exec(letter.normalize('NFD'))?.[0] ?? '?';
