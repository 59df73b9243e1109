import type { Schemas } from '../../../openapi/contract.ts';
import type { DemoContext } from './context.ts';
import { addressForm, buyerRoles, type Person } from './people.ts';
import { contactNotes } from './texts.ts';

/** A contact of the organisation's network. */
export interface NetworkContact {
  readonly person: Person;
  readonly role: string;
  /** The id of the contact, once it exists. */
  readonly id: () => string;
}

/** The kinds of the contacts, in turn. */
const kinds: readonly Schemas['ContactKind'][][] = [
  ['client'],
  ['supplier'],
  ['client', 'partner'],
  ['prospect'],
  ['candidate', 'client'],
  [],
  ['partner'],
];

/** When the network is created, before the dossiers: days before today, from and to. */
const creationDays = [60, 75] as const;

/** Adds a contact that may be linked to dossiers later; number counts the contacts. */
export const addNetworkContact = (context: DemoContext, number: number): NetworkContact => {
  const { random, schedule, newPerson, perform } = context;
  const person = newPerson();
  const role = random.pick(buyerRoles);
  const kind = kinds[number % kinds.length] ?? [];
  // Some contacts have no e-mail address.
  const email = number % 8 === 6 ? null : person.email;
  const notes = number % 3 === 0 ? random.pick(contactNotes) : null;
  const body = { ...describePerson(person), role, kind, email, notes };
  let id = '';
  schedule.startSeries()(random.integer(...creationDays), () => {
    ({ id } = perform('createContact', { body }).data);
  });
  return { person, role, id: () => id };
};

/** The contact fields of a person. */
export const describePerson = ({ name, email, phone, city, company }: Person) => ({
  full_name: name,
  ...{ email, phone, city },
  company: company.name,
  linkedin_url: `https://www.linkedin.com/in/demo-${addressForm(name).replaceAll('.', '-')}`,
});
