// Invented people. Phone numbers are from ranges that are kept for fiction, or never given out
// (+31 6 00); a `#` stands for any digit.

/** Somebody, as far as it doesn't depend on chance. */
export interface Face {
  readonly name: string;
  readonly city: string;
  readonly phone: string;
}

export const dutchFirstNames = [
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

export const dutchLastNames = [
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

export const dutchCities = [
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

export const dutchPhone = '+31 6 00## ## ##';

const british = '+44 7700 900###';
const french = '+33 6 39 98 ## ##';
const german = '+49 30 23125 ###';
const swedish = '+46 8 465 004 ##';
const american = '+1 202 555 01##';

export const peopleFromElsewhere: readonly Face[] = [
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
