import {
  dutchCities,
  dutchFirstNames,
  dutchLastNames,
  dutchPhone,
  peopleFromElsewhere,
  type Face,
} from '../data/people.ts';
import { companies, type Company } from '../data/companies.ts';
import type { Chance } from './chance.ts';

/** Somebody who works somewhere. */
export interface Person extends Face {
  readonly company: Company;
  /** At the company's domain; nobody else has it. */
  readonly email: string;
}

/** Gives out people, each once: two of three Dutch, the others from elsewhere while they last. */
export const createPeople = (chance: Chance): (() => Person) => {
  const elsewhere = chance.shuffle(peopleFromElsewhere);
  const taken = new Set<string>();
  let count = 0;
  return () => {
    count += 1;
    const face = (count % 3 === 0 && elsewhere.pop()) || dutchFace(newName(chance, taken), chance);
    const company = chance.pick(companies);
    const phone = face.phone.replaceAll('#', () => String(chance.integer(0, 9)));
    return { ...face, phone, company, email: `${plain(face.name)}@${company.domain}` };
  };
};

const dutchFace = (name: string, chance: Chance): Face => ({
  name,
  city: chance.pick(dutchCities),
  phone: dutchPhone,
});

/** There are far more names than the demo data has people. */
const newName = (chance: Chance, taken: Set<string>): string => {
  const name = `${chance.pick(dutchFirstNames)} ${chance.pick(dutchLastNames)}`;
  if (taken.has(name)) return newName(chance, taken);
  taken.add(name);
  return name;
};

const letters: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss' };

/** A name as it is written in addresses. */
export const plain = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[łøıß]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{M}|'/gu, '')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replaceAll(' ', '.');
