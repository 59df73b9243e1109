import { beforeAll, describe, expect, it } from 'vitest';
import { useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';

const lab = useLab();
let office: Office;
/** Each has a name to be told by and one field that is sought. */
const people = [
  { full_name: '1 Sophie van Dijk' },
  { full_name: '2', email: 'sophie+werk@Adyen.example' },
  { full_name: '3', company: 'Adyen N.V.' },
  { full_name: '4', role: 'Senior Frontend Engineer' },
  { full_name: '5', city: 'Sophiestad', notes: 'Adyen Engineer', phone: 'Sophie' },
  { full_name: '6', linkedin_url: 'https://linkedin.com/in/sophie-adyen', kind: ['supplier'] },
  { full_name: '7', company: '100% Recruit_ment*', role: 'C:\\temp ["x"] (a|b)+? ^$ .' },
  { full_name: '8 Zoë Ångström-Núñez', role: 'Crème brûlée' },
  { full_name: '9 e\u0301 שלום مرحبا Ξένος ΟΔΟΣΣΟΣ 用户 🙂👩‍💻' },
  { full_name: '10 Straße', company: 'ACME & Sons <b>' },
];

beforeAll(async () => {
  office = await openOffice(lab);
  for (const draft of people) await office.contact(draft);
});

/** Searches, and answers the numbers that the names begin with. */
const find = async (text: string) => {
  const query = new URLSearchParams({ search: text, per_page: '100' });
  const { data, meta } = await office.read<Contact[]>(`/contacts?${query.toString()}`);
  expect(meta.total).toBe(data.length);
  return data.map(({ full_name }) => parseInt(full_name)).toReversed();
};
const everybody = people.map((_, index) => index + 1);

describe('Searching contacts', () => {
  it.each([
    ['Dijk', [1]],
    ['Sophie van Dijk', [1]],
    ['sophie+werk@Adyen.example', [2]],
    ['N.V.', [3]],
    ['Frontend', [4]],
    ['Senior Frontend Engineer', [4]],
    ['Sophie', [1, 2]],
    ['Adyen', [2, 3]],
  ])('finds %j in a name, an address, a company or a role (LG-CON-012)', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it.each(['Sophiestad', 'Adyen Engineer', 'linkedin', 'sophie-adyen', 'supplier'])(
    'finds nobody by %j, which stands in other fields (LG-CON-013)',
    async (text) => {
      expect(await find(text)).toEqual([]);
    },
  );

  it.each([
    ['ophi', [1, 2]],
    ['ront', [4]],
    ['e van D', [1]],
    ['werk@', [2]],
    ['yen', [2, 3]],
    ['-N', [8]],
    ['用', [9]],
    ['ΟΔΟΣ', [9]],
    ['10', [7, 10]],
  ])('finds %j within words and across them (LG-CON-014)', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it.each([
    ['用', [9]],
    ['10', [7, 10]],
    ['van', [1]],
  ])('finds %j, however short and common it is (LG-CON-085)', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it.each(['van Sophie', 'Dijk Sophie', 'Sophie  van', 'Sophie Adyen', 'Sofie', 'xyz'])(
    'finds nobody by %j, which stands nowhere like that (LG-CON-014)',
    async (text) => {
      expect(await find(text)).toEqual([]);
    },
  );

  it.each([
    ['SOPHIE', [1, 2]],
    ['sOPHIE VAN dIJK', [1]],
    ['adyen', [2, 3]],
    ['n.v.', [3]],
    ['zoË ångSTRÖM-NÚÑEZ', [8]],
    ['CRÈME BRÛLÉE', [8]],
    ['ξένος', [9]],
    ['ΞΈΝΟΣ', [9]],
    ['οδοσσος', [9]],
    ['οδος', [9]],
    ['straße', [10]],
  ])('disregards letter case, as in %j (LG-CON-015)', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it.each([
    ['%', [7]],
    ['_', [7]],
    ['*', [7]],
    ['100%', [7]],
    ['Recruit_ment*', [7]],
    ['Recruit%', []],
    ['Soph%', []],
    ['Soph_e', []],
    ['Soph*', []],
    ['.*', []],
    ['S.phie', []],
    ['\\', [7]],
    ['\\t', [7]],
    ['"x"', [7]],
    ['"Sophie"', []],
    ["'", []],
    ['(a|b)+? ^$', [7]],
    ['[', [7]],
    ['Dijk|Adyen', []],
    ['Dijk OR Adyen', []],
    ['-Adyen', []],
    ['& Sons <b>', [10]],
    ['\u0000', []],
  ])('takes %j as it stands, without wildcards or syntax (LG-CON-016)', async (text, expected) => {
    expect(await find(text)).toEqual(expected);
  });

  it.each(['  Sophie ', '\tSophie\n', '\u00a0Sophie\u3000'])(
    'disregards the white space around %j (LG-CON-017)',
    async (text) => {
      expect(await find(text)).toEqual([1, 2]);
    },
  );

  it.each(['', ' ', '\t\n \u00a0'])('lists everybody for %j (LG-CON-017)', async (text) => {
    expect(await find(text)).toEqual(everybody);
  });

  it.each(['שלום', 'مرحبا', '🙂', '👩‍💻', 'e\u0301', 'Å', 'Ψ', 'x'.repeat(10_000)])(
    'finds text of any script, %j',
    async (text) => {
      const holders = people.flatMap(({ full_name }, index) =>
        full_name.includes(text) ? [index + 1] : [],
      );
      expect(await find(text)).toEqual(holders);
    },
  );

  it('finds what a contact is called now, and not what it was called (LG-CON-012)', async () => {
    const own = await openOffice(lab);
    const { id } = await own.contact({ full_name: 'Karel', email: 'karel@x.example' });
    const count = async (text: string) => (await own.read(`/contacts?search=${text}`)).meta.total;
    expect([await count('Karel'), await count('Carolus')]).toEqual([1, 0]);
    await own.change(`/contacts/${id}`, { full_name: 'Carolus', email: null });
    expect([await count('Karel'), await count('Carolus')]).toEqual([0, 1]);
    await own.remove(`/contacts/${id}`);
    expect(await count('Carolus')).toBe(0);
  });

  it('reads + and %20 in the query as a space, and %2B as a plus', async () => {
    const total = async (text: string) =>
      (await office.read(`/contacts?search=${text}`)).meta.total;
    const counts = ['Sophie+van+Dijk', 'Sophie%20van', 'sophie%2Bwerk', 'sophie+werk'].map(total);
    expect(await Promise.all(counts)).toEqual([1, 1, 1, 0]);
  });
});
