import type { Schemas } from '../../../openapi/contract.ts';
import type { NetworkContact } from './contacts.ts';
import type { DemoContext } from './context.ts';
import { addDossier, type DossierCourse, type DossierStep } from './dossiers.ts';
import { buyerRoles } from './people.ts';
import { amounts, salesIntakes, subjects } from './texts.ts';

/** Adds a sales dossier; some of its contacts are in the network. */
export const addDeal = (
  scene: DemoContext,
  journey: DossierCourse,
  network: readonly NetworkContact[],
): void => {
  const { chance, newPerson, someMember } = scene;
  const { number, flow } = journey;
  const acquaintance = number % 5 === 1 ? chance.pick(network) : undefined;
  const person = acquaintance?.person ?? newPerson();
  const role = acquaintance?.role ?? chance.pick(buyerRoles);
  const about = {
    name: `${person.company.name}, ${chance.pick(subjects)}`,
    contact_person: person.name,
    company: person.company.name,
    role,
    assigned_to: someMember(),
    ...amounts[number % amounts.length],
  };
  addDossier(scene, journey, {
    draft: () => ({
      type: 'sales',
      ...about,
      flow_id: flow.id,
      ...(acquaintance
        ? { contact_id: acquaintance.id() }
        : { email: person.email, phone: person.phone }),
      ...(number % 3 === 1 && { intake_notes: chance.pick(salesIntakes) }),
    }),
    deeds: number % 2 === 0 ? linksTo(scene, journey, network) : [],
  });
};

/** The roles of further contacts on a sales dossier, in turn. */
const parts: readonly Schemas['RoleOnDossier'][] = [
  'decision_maker',
  'champion',
  'gatekeeper',
  'introducer',
  'other',
];

/** Links one or two contacts of the network; some become the primary contact. */
const linksTo = (
  { chance, perform }: DemoContext,
  { number }: DossierCourse,
  network: readonly NetworkContact[],
) =>
  chance
    .shuffle(network)
    .slice(0, 1 + (number % 3 === 0 ? 1 : 0))
    .map(({ id: contactId }, index): DossierStep => (id) => {
      const role_on_dossier = parts[(number / 2 + index) % parts.length] ?? 'other';
      const link = { contact_id: contactId(), role_on_dossier, is_primary: number % 10 === 4 };
      perform('linkDossierContact', { params: { id }, body: link });
    });
