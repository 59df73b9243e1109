import { candidateIntakes } from '../data/notes.ts';
import { candidateRoles } from '../data/roles.ts';
import { tellDossier, type Deed } from './dossiers.ts';
import type { Scene } from './house.ts';
import type { Journey } from './journeys.ts';
import { describePerson, type Acquaintance } from './network.ts';
import { makePdf } from './pdf.ts';
import type { Person } from './people.ts';

/** Somebody applies; now and then it is somebody who is known already. */
export const tellCandidate = (
  scene: Scene,
  journey: Journey,
  network: readonly Acquaintance[],
): void => {
  const { chance, newPerson, someMember } = scene;
  const { number, flow } = journey;
  const known = number % 8 === 5 ? chance.pick(network) : undefined;
  const person = known?.person ?? newPerson();
  const { name, email, phone, company } = person;
  const role = chance.pick(candidateRoles);
  const about = { name, role, company: company.name, assigned_to: someMember() };
  const intake = number % 3 === 0 ? { intake_notes: chance.pick(candidateIntakes) } : {};
  const cv = makePdf([name, role, `${company.name}, ${person.city}`, email]);
  tellDossier(scene, journey, {
    draft: () => {
      const contact = known ? { contact_id: known.id() } : { email, phone };
      return { type: 'candidate', ...about, ...intake, ...contact, flow_id: flow.id };
    },
    ...(number % 6 === 0 && { cv }),
    deeds: [
      ...(known ? [] : [completeContact(scene, person, number)]),
      ...(number % 6 === 2 ? [sendCv(scene, cv)] : []),
      ...(number % 4 === 0 ? [linkManager(scene, chance.pick(network))] : []),
    ],
  });
};

/** A CV that comes later. */
const sendCv =
  ({ perform }: Scene, cv: Buffer): Deed =>
  (id) =>
    perform('uploadDossierCv', { params: { id }, files: new Map([['cv', cv]]) });

const linkManager =
  ({ perform }: Scene, manager: Acquaintance): Deed =>
  (id) => {
    const part = { role_on_dossier: 'hiring_manager', is_primary: false } as const;
    perform('linkDossierContact', { params: { id }, body: { contact_id: manager.id(), ...part } });
  };

/** Adds what a dossier doesn't tell of its contact, and puts some of them in the talent pool. */
const completeContact =
  (scene: Scene, person: Person, number: number): Deed =>
  (id) => {
    const query = { page: 1, per_page: 1 };
    const [contact] = scene.perform('listDossierContacts', { params: { id }, query }).data;
    if (!contact) throw new Error('A dossier of the demo data has no contact.');
    const { city, linkedin_url } = describePerson(person);
    const params = { id: contact.contact_id };
    scene.perform('updateContact', { params, body: { city, linkedin_url } });
    if (number % 4 === 1) scene.keepInPool(contact.contact_id, 30 + 3 * number);
    if (number % 8 === 2) scene.keepInPool(contact.contact_id, -1 - number);
  };
