import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listContacts } from '../contacts/handlers.ts';
import { createSearch } from '../contacts/search.ts';
import { listDossiers } from '../dossiers/handlers.ts';
import type { Contact, Dossier } from '../state/records.ts';
import { blockSize } from '../state/sequence.ts';
import {
  ask,
  contact,
  createOffice,
  dossier,
  kinds,
  type Office,
  stages,
  statuses,
  types,
} from './list-office.ts';

/** Enough for several blocks. */
const many = 2 * blockSize + 100;

/** Letters that change their number or form with their case, other scripts, halves of a pair. */
const letters = ['a', 'B', 'ß', 'ſ', 'İ', 'ı', 'σ', 'Σ', 'ς', 'é', 'e\u0301', 'ﬁ', 'א', '语'];
const signs = [' ', '.', '@', '%', '_', '\0', '\n', '🙂', '\ud83d', '\ude42'];
const text = fc
  .array(fc.constantFrom(...letters, ...signs), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** Addresses are unique: what counts here is how they are found. */
const person = (id: string, { email, ...values }: Partial<Contact>): Contact =>
  contact(id, { ...values, email: email ? `${id}${email}` : null });

/** What a look at each row finds. */
const scan = <Row extends { id: string }>(
  rows: Iterable<Row>,
  matches: (row: Row) => boolean,
  { page = 1, per_page = 25 }: { page?: number; per_page?: number },
) => {
  const found = [...rows].filter(matches).reverse();
  const first = (page - 1) * per_page;
  const ids = found.slice(first, first + per_page).map(({ id }) => id);
  return { ids, meta: { total: found.length, page, per_page } };
};

const ids = ({ data, meta }: { data: readonly { id: string }[]; meta: object }) => ({
  ids: data.map(({ id }) => id),
  meta,
});

/** Work on rows by their number; every other transaction is taken back, at once or later. */
const workOn = <Values>(values: fc.Arbitrary<Values>) =>
  fc.array(
    fc.record({
      row: fc.nat(many + 20),
      values: fc.option(values, { nil: undefined }),
      end: fc.constantFrom('kept', 'kept', 'thrown', 'undone' as const),
    }),
    { maxLength: 60 },
  );

const doWork = <Row extends { id: string }>(
  { state }: Office,
  table: { get(id: string): Row | undefined } & Record<'insert' | 'replace', (row: Row) => void> & {
      remove(id: string): void;
    },
  work: readonly { row: number; values: object | undefined; end: string }[],
  make: (id: string, values: object) => Row,
): void => {
  for (const { row, values, end } of work) {
    const id = `row-${row}`;
    const change = (): void => {
      if (values === undefined) {
        if (table.get(id)) table.remove(id);
      } else if (table.get(id)) table.replace(make(id, values));
      else table.insert(make(id, values));
      if (end === 'thrown') throw new Error('planned');
    };
    try {
      const { undo } = state.transact(change);
      if (end === 'undone') undo();
    } catch (error) {
      expect((error as Error).message).toBe('planned');
    }
  }
};

describe('A filtered list', () => {
  it('is what a look at each dossier finds, whatever was changed, deleted or undone before', () => {
    const values = fc.record({
      type: fc.constantFrom(...types),
      status: fc.constantFrom(...statuses),
      current_stage_id: fc.constantFrom(...stages),
    });
    const query = fc.record(
      {
        type: fc.constantFrom(...types),
        status: fc.constantFrom(...statuses),
        stage_id: fc.constantFrom(...stages, 'unknown'),
        page: fc.integer({ min: 1, max: 60 }),
        per_page: fc.constantFrom(1, 7, 25, 100),
      },
      { requiredKeys: [] },
    );
    const start = fc.array(values, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        start,
        workOn(values),
        fc.array(query, { minLength: 1 }),
        (first, work, asked) => {
          const office = createOffice();
          const { dossiers } = office.organization;
          office.state.transact(() => {
            for (let row = 0; row < many; row += 1) {
              dossiers.insert(dossier(`row-${row}`, first[row % first.length] ?? {}));
            }
          });
          doWork(office, dossiers, work, dossier);
          for (const one of asked) {
            const matches = ({ type, status, current_stage_id }: Dossier) =>
              type === (one.type ?? type) &&
              status === (one.status ?? status) &&
              current_stage_id === (one.stage_id ?? current_stage_id);
            expect(ids(ask(listDossiers, office, one))).toEqual(scan(dossiers.rows, matches, one));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is what a look at each contact finds, with search and kinds of any script and length', () => {
    const nullable = fc.option(text, { nil: null });
    const values = fc.record({
      ...{ full_name: text, email: nullable, company: nullable, role: nullable },
      kind: fc.subarray([...kinds]),
    });
    const query = fc.record(
      {
        kind: fc.subarray([...kinds], { minLength: 1 }),
        pool: fc.constantFrom('in_pool', 'expired' as const),
        search: text,
        page: fc.integer({ min: 1, max: 60 }),
        per_page: fc.constantFrom(1, 7, 25, 100),
      },
      { requiredKeys: [] },
    );
    const start = fc.array(values, { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(
        start,
        workOn(values),
        fc.array(query, { minLength: 1 }),
        (first, work, asked) => {
          const office = createOffice();
          const { contacts, poolWindows } = office.organization;
          office.state.transact(() => {
            for (let row = 0; row < many; row += 1) {
              contacts.insert(person(`row-${row}`, first[row % first.length] ?? {}));
            }
            for (let row = 0; row < many; row += 37) {
              poolWindows.insert({ id: `row-${many - row}`, until: (row % 3) * 1000 });
            }
          });
          ask(listContacts, office, { search: 'a' });
          doWork(office, contacts, work, person);
          for (const one of asked) {
            const { kind, pool, search = '' } = one;
            const contains = createSearch(search);
            const matches = (row: Contact) =>
              (kind?.some((it) => row.kind.includes(it)) ?? true) &&
              (search.trim() === '' || contains(row)) &&
              (pool === undefined || poolOf(poolWindows.get(row.id)?.until) === pool);
            expect(ids(ask(listContacts, office, one))).toEqual(scan(contacts.rows, matches, one));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

const poolOf = (until: number | undefined) =>
  until === undefined ? undefined : until > 1000 ? 'in_pool' : 'expired';

describe('A search', () => {
  const found = (search: string, full_name: string) =>
    createSearch(search)(contact('one', { full_name }));

  it.each([
    ['zoË ångSTRÖM-NÚÑEZ', 'Zoë Ångström-Núñez'],
    ['ΞΈΝΟΣ', 'Ξένος'],
    ['οδοσσος', 'ΟΔΟΣΣΟΣ'],
    ['οδος', 'ΟΔΟΣΣΟΣ'],
    ['straße', 'Straße'],
    ['e\u0301', 'e\u0301'],
    ['👩‍💻', '🙂👩‍💻'],
    ['\u00a0Sophie\u3000', 'Sophie'],
    ['Sophie  van', 'Sophie van Dijk', false],
    ['\\t', 'C:\\temp'],
    ['\u0000', 'Sophie', false],
  ])('for %j in %j compares letter for letter, without case', (search, name, expected = true) => {
    expect(found(search, name)).toBe(expected);
  });
});
