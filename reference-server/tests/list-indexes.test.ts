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
  createListFixture,
  dossier,
  kinds,
  type ListFixture,
  stages,
  statuses,
  types,
} from './list-fixture.ts';

/** Enough for several blocks. */
const many = 2 * blockSize + 100;

/** Letters whose length or form changes with their case, other scripts, lone surrogates. */
const letters = ['a', 'B', 'ß', 'ſ', 'İ', 'ı', 'σ', 'Σ', 'ς', 'é', 'e\u0301', 'ﬁ', 'א', '语'];
const signs = [' ', '.', '@', '%', '_', '\0', '\n', '🙂', '\ud83d', '\ude42'];
const text = fc
  .array(fc.constantFrom(...letters, ...signs), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** E-mail addresses must be unique. */
const person = (id: string, { email, ...values }: Partial<Contact>): Contact =>
  contact(id, { ...values, email: email ? `${id}${email}` : null });

/** The page that a scan of all rows finds. */
const filterAll = <Row extends { id: string }>(
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

/** Changes of rows by their number; some transactions are undone, immediately or later. */
const workArbitrary = <Values>(values: fc.Arbitrary<Values>) =>
  fc.array(
    fc.record({
      row: fc.nat(many + 20),
      values: fc.option(values, { nil: undefined }),
      end: fc.constantFrom('kept', 'kept', 'thrown', 'undone' as const),
    }),
    { maxLength: 60 },
  );

const applyWork = <Row extends { id: string }>(
  { state }: ListFixture,
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
  it('equals a scan of all dossiers, after any changes, deletions and undone transactions', () => {
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
        workArbitrary(values),
        fc.array(query, { minLength: 1 }),
        (first, work, asked) => {
          const fixture = createListFixture();
          const { dossiers } = fixture.organization;
          fixture.state.transact(() => {
            for (let row = 0; row < many; row += 1) {
              dossiers.insert(dossier(`row-${row}`, first[row % first.length] ?? {}));
            }
          });
          applyWork(fixture, dossiers, work, dossier);
          for (const one of asked) {
            const matches = ({ type, status, current_stage_id }: Dossier) =>
              type === (one.type ?? type) &&
              status === (one.status ?? status) &&
              current_stage_id === (one.stage_id ?? current_stage_id);
            expect(ids(ask(listDossiers, fixture, one))).toEqual(
              filterAll(dossiers.rows, matches, one),
            );
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('equals a scan of all contacts, with any search text and kinds', () => {
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
        workArbitrary(values),
        fc.array(query, { minLength: 1 }),
        (first, work, asked) => {
          const fixture = createListFixture();
          const { contacts, poolWindows } = fixture.organization;
          fixture.state.transact(() => {
            for (let row = 0; row < many; row += 1) {
              contacts.insert(person(`row-${row}`, first[row % first.length] ?? {}));
            }
            for (let row = 0; row < many; row += 37) {
              poolWindows.insert({ id: `row-${many - row}`, until: (row % 3) * 1000 });
            }
          });
          ask(listContacts, fixture, { search: 'a' });
          applyWork(fixture, contacts, work, person);
          for (const one of asked) {
            const { kind, pool, search = '' } = one;
            const contains = createSearch(search);
            const matches = (row: Contact) =>
              (kind?.some((it) => row.kind.includes(it)) ?? true) &&
              (search.trim() === '' || contains(row)) &&
              (pool === undefined || poolOf(poolWindows.get(row.id)?.until) === pool);
            expect(ids(ask(listContacts, fixture, one))).toEqual(
              filterAll(contacts.rows, matches, one),
            );
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
  ])('for %j in %j compares letter by letter, ignoring case', (search, name, expected = true) => {
    expect(found(search, name)).toBe(expected);
  });
});
