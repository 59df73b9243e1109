import type { Schemas } from '../../../openapi/contract.ts';
import type { NetworkContact } from './contacts.ts';
import type { DemoContext } from './context.ts';
import { addDossier, type DossierCourse, type DossierStep } from './dossiers.ts';
import { buyerRoles } from './people.ts';
import { amounts, salesIntakes, subjects } from './texts.ts';

/** Adds a sales dossier; some of its contacts are in the network. */
export const addDeal = (
  context: DemoContext,
  course: DossierCourse,
  network: readonly NetworkContact[],
): void => {
  const { random, newPerson, pickMember } = context;
  const { number, flow } = course;
  const known = number % 5 === 1 ? random.pick(network) : undefined;
  const person = known?.person ?? newPerson();
  const role = known?.role ?? random.pick(buyerRoles);
  const about = {
    name: `${person.company.name}, ${random.pick(subjects)}`,
    contact_person: person.name,
    company: person.company.name,
    role,
    assigned_to: pickMember(),
    ...amounts[number % amounts.length],
  };
  addDossier(context, course, {
    draft: () => ({
      type: 'sales',
      ...about,
      flow_id: flow.id,
      ...(known ? { contact_id: known.id() } : { email: person.email, phone: person.phone }),
      ...(number % 3 === 1 && { intake_notes: random.pick(salesIntakes) }),
    }),
    steps: number % 2 === 0 ? linksTo(context, course, network) : [],
  });
};

/** The roles of further contacts on a sales dossier, in turn. */
const furtherRoles: readonly Schemas['RoleOnDossier'][] = [
  'decision_maker',
  'champion',
  'gatekeeper',
  'introducer',
  'other',
];

/** Links one or two contacts of the network; some become the primary contact. */
const linksTo = (
  { random, perform }: DemoContext,
  { number }: DossierCourse,
  network: readonly NetworkContact[],
) =>
  random
    .shuffle(network)
    .slice(0, 1 + (number % 3 === 0 ? 1 : 0))
    .map(({ id: contactId }, index): DossierStep => (id) => {
      const role_on_dossier = furtherRoles[(number / 2 + index) % furtherRoles.length] ?? 'other';
      const link = { contact_id: contactId(), role_on_dossier, is_primary: number % 10 === 4 };
      perform('linkDossierContact', { params: { id }, body: link });
    });
