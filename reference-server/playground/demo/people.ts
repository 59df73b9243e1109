import type { SeededRandom } from './random.ts';

/** A person with a company. */
export interface Person extends PersonTemplate {
  readonly company: Company;
  /** Unique, at the company's domain. */
  readonly email: string;
}

/**
 * Creates people without repetition: two of three with Dutch names, the others international while
 * they last.
 */
export const createPeople = (random: SeededRandom): (() => Person) => {
  const international = random.shuffle(internationalPeople);
  const taken = new Set<string>();
  let count = 0;
  return () => {
    count += 1;
    const template =
      (count % 3 === 0 && international.pop()) || dutchTemplate(newName(random, taken), random);
    const company = random.pick(companies);
    const phone = template.phone.replaceAll('#', () => String(random.integer(0, 9)));
    return {
      ...template,
      phone,
      company,
      email: `${addressForm(template.name)}@${company.domain}`,
    };
  };
};

const dutchTemplate = (name: string, random: SeededRandom): PersonTemplate => ({
  name,
  city: random.pick(dutchCities),
  phone: dutchPhone,
});

/** There are far more names than people in the demo data. */
const newName = (random: SeededRandom, taken: Set<string>): string => {
  const name = `${random.pick(dutchFirstNames)} ${random.pick(dutchLastNames)}`;
  if (taken.has(name)) return newName(random, taken);
  taken.add(name);
  return name;
};

const letters: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss' };

/** A name in the form used in e-mail addresses. */
export const addressForm = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[łøıß]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{M}|'/gu, '')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replaceAll(' ', '.');

// Invented people. Phone numbers are from ranges that are reserved for fiction or unused (+31 6
// 00); a `#` becomes a random digit.

/** The fixed fields of a person. */
interface PersonTemplate {
  readonly name: string;
  readonly city: string;
  readonly phone: string;
}

const dutchFirstNames = [
  'Anouk',
  'Bram',
  'Chantal',
  'Daan',
  'Eline',
  'Femke',
  'Gijs',
  'Hanneke',
  'Ilse',
  'Jelle',
  'Karim',
  'Lieke',
  'Maartje',
  'Naomi',
  'Olaf',
  'Petra',
  'Roos',
  'Sander',
  'Tess',
  'Wouter',
  'Yasmina',
  'Zoë',
] as const;

const dutchLastNames = [
  'Aalbers',
  'van den Berg',
  'de Boer',
  'Bouzid',
  'Dekker',
  'van Dijk',
  "in 't Veld",
  'Hendriks',
  'Hoekstra',
  'de Jong',
  'Kuipers',
  'van Leeuwen',
  'Maassen',
  'Nijhuis',
  'Oosterhof',
  'Postma',
  'Ramdin',
  'Schipper',
  'Terpstra',
  'Verhoeven',
  'de Vries',
  'Zijlstra',
] as const;

const dutchCities = [
  'Amsterdam',
  'Arnhem',
  'Breda',
  'Delft',
  'Eindhoven',
  'Groningen',
  'Haarlem',
  'Leeuwarden',
  'Rotterdam',
  "'s-Hertogenbosch",
  'Utrecht',
  'Zwolle',
] as const;

const dutchPhone = '+31 6 00## ## ##';

const british = '+44 7700 900###';
const french = '+33 6 39 98 ## ##';
const german = '+49 30 23125 ###';
const swedish = '+46 8 465 004 ##';
const american = '+1 202 555 01##';

const internationalPeople: readonly PersonTemplate[] = [
  { name: 'Aarav Mehta', city: 'Eindhoven', phone: dutchPhone },
  { name: 'Agnieszka Wójcik', city: 'Rotterdam', phone: dutchPhone },
  { name: 'Amélie Fournier', city: 'Lyon', phone: french },
  { name: 'Bogdan Ionescu', city: 'Utrecht', phone: dutchPhone },
  { name: 'Çağla Yıldız', city: 'Den Haag', phone: dutchPhone },
  { name: 'Chidi Okafor', city: 'London', phone: british },
  { name: 'Dmytro Kovalenko', city: 'Amsterdam', phone: dutchPhone },
  { name: "Fiona O'Sullivan", city: 'Leeds', phone: british },
  { name: 'Giulia De Santis', city: 'Maastricht', phone: dutchPhone },
  { name: 'Hiroshi Tanaka', city: 'Amstelveen', phone: dutchPhone },
  { name: 'Inês Carvalho', city: 'Amsterdam', phone: dutchPhone },
  { name: 'Jürgen Weiß', city: 'Berlin', phone: german },
  { name: 'Łukasz Zieliński', city: 'Tilburg', phone: dutchPhone },
  { name: 'María José Núñez', city: 'Amsterdam', phone: dutchPhone },
  { name: 'Nguyễn Thị Mai', city: 'Nijmegen', phone: dutchPhone },
  { name: 'Noor Al-Hassan', city: 'Utrecht', phone: dutchPhone },
  { name: 'Priya Raghunathan', city: 'London', phone: british },
  { name: 'Søren Lindqvist', city: 'Stockholm', phone: swedish },
  { name: 'Tamara Goldberg', city: 'Washington, D.C.', phone: american },
  { name: '王小明 (Xiaoming Wang)', city: 'Delft', phone: dutchPhone },
];

/** An invented company, with a reserved domain. */
interface Company {
  readonly name: string;
  readonly domain: string;
}

const companies: readonly Company[] = [
  { name: 'Havenkade Logistiek', domain: 'havenkade.example' },
  { name: 'Noorderlicht Energie', domain: 'noorderlicht-energie.example' },
  { name: 'Polder & Plasma', domain: 'polderplasma.example' },
  { name: 'Grachtenbank', domain: 'grachtenbank.example' },
  { name: 'Tulp Zorggroep', domain: 'tulpzorg.example' },
  { name: 'Windmolen Software', domain: 'windmolen.example' },
  { name: 'Fietsfabriek Oost', domain: 'fietsfabriek-oost.example' },
  { name: 'Waterkant Architecten', domain: 'waterkant.example' },
  { name: 'Brouwerij De Zwaan', domain: 'dezwaan.example' },
  { name: 'Kaas & Co', domain: 'kaasenco.example' },
  { name: 'Spoorzicht Reizen', domain: 'spoorzicht.example' },
  { name: 'Delta Dredging International', domain: 'deltadredging.example' },
  { name: 'Zuiderzee Verzekeringen', domain: 'zuiderzee.example' },
  { name: 'Bloemist Online', domain: 'bloemistonline.example' },
  { name: 'Atelier Lumière', domain: 'atelier-lumiere.example' },
  { name: 'Nordlys Robotics', domain: 'nordlys.example' },
  { name: 'Königsberg & Söhne', domain: 'koenigsberg.example' },
  { name: 'Thames Analytics', domain: 'thamesanalytics.example' },
  { name: 'Blue Heron Studios', domain: 'blueheron.example' },
  { name: 'Alpenglow Medical', domain: 'alpenglow.example' },
];

/** The roles of candidates. */
export const candidateRoles = [
  'Senior Frontend Engineer',
  'Backend Engineer',
  'Data Analyst',
  'Product Designer',
  'Wijkverpleegkundige',
  'Warehouse Supervisor',
  'Financial Controller',
  'HR Business Partner',
  'Werkvoorbereider',
  'Account Manager',
  'DevOps Engineer',
  'Teamleider klantenservice',
  'Mechanical Engineer',
  'Customer Success Manager',
] as const;

/** The roles of buyers. */
export const buyerRoles = [
  'HR Director',
  'Head of Talent',
  'Operations Manager',
  'CFO',
  'Procurement Lead',
  'Vestigingsmanager',
  'Managing Director',
  'Recruitment Lead',
] as const;
