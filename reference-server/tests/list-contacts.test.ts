import { beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, useLab } from './lab.ts';
import { openOffice, type Contact, type Office } from './office.ts';
import { stillTime } from './still-time.ts';

const lab = useLab({}, stillTime());
let office: Office;
/** In the order of their creation, and most of them of one second. */
const made: Contact[] = [];
const kindsOf = (index: number): string[] =>
  ['candidate', 'client', 'supplier'].filter((_, bit) => (index >> bit) & 1);

beforeAll(async () => {
  office = await openOffice(lab);
  for (let index = 0; index < 130; index += 1) {
    made.push(
      await office.contact({ full_name: `Contact ${String(index)}`, kind: kindsOf(index) }),
    );
    if (index % 50 === 49) await lab.control('PUT', '/clock', { advance_seconds: 1 });
  }
});

const list = (query = '') => office.read<Contact[]>(`/contacts${query}`);
const ids = (contacts: readonly Contact[]) => contacts.map(({ id }) => id);
/** Those whose kinds are right, the newest first. */
const newestFirst = (keep: (kinds: readonly string[]) => boolean = () => true) =>
  ids(made.filter((_, index) => keep(kindsOf(index)))).toReversed();

describe('Listing contacts', () => {
  it('answers the first 25 without parameters, whole and the newest first (LG-CON-018, LG-CON-019, LG-CON-021, LG-CON-022, LG-CON-023, LG-CON-024, LG-CON-082)', async () => {
    const { data, meta } = await list();
    expect(data).toEqual(made.slice(-25).toReversed());
    expect(meta).toEqual({ total: 130, page: 1, per_page: 25 });
    expect(await list('?page=1')).toEqual({ data, meta });
  });

  it.each([1, 7, 25, 65, 99, 100])(
    'visits each contact once over pages of %i, in one order (LG-CON-018, LG-CON-020, LG-CON-021)',
    async (size) => {
      const seen: string[] = [];
      for (let page = 1; page <= Math.ceil(130 / size); page += 1) {
        const { data, meta } = await list(`?page=${page}&per_page=${size}`);
        expect(data).toHaveLength(Math.min(size, 130 - seen.length));
        expect(meta).toEqual({ total: 130, page, per_page: size });
        seen.push(...ids(data));
      }
      expect(seen).toEqual(newestFirst());
    },
  );

  it('answers nothing beyond the end, and no page of more than 100 (LG-CON-020)', async () => {
    const beyond = await list('?page=7');
    expect(beyond).toEqual({ data: [], meta: { total: 130, page: 7, per_page: 25 } });
    const refused = await office.ask('GET', '/contacts?per_page=101');
    expectRefusal(refused, 400, 'invalid_body', /^per_page must be at most 100\./);
  });

  it('shows what is so now: a change at once, and nobody who is gone', async () => {
    const own = await openOffice(lab);
    const [first, second] = [await own.contact(), await own.contact()];
    const changed = await own.change<Contact>(`/contacts/${first.id}`, { full_name: 'Aaltje' });
    expect((await own.read('/contacts')).data).toEqual([second, changed]);
    await own.remove(`/contacts/${second.id}`);
    const meta = { total: 1, page: 1, per_page: 25 };
    expect(await own.read('/contacts')).toEqual({ data: [changed], meta });
  });

  it('answers contacts of the caller’s organisation and no others (LG-CON-004)', async () => {
    const other = await openOffice(lab);
    expect((await other.read('/contacts')).meta.total).toBe(0);
    const theirs = await other.contact({ full_name: 'Contact 1', kind: ['client'] });
    for (const query of ['', '?kind=client', '?search=Contact%201']) {
      const { data, meta } = await other.read(`/contacts${query}`);
      expect([data, meta.total]).toEqual([[theirs], 1]);
    }
    expect((await list()).meta.total).toBe(130);
    expect(ids((await list('?per_page=100')).data)).not.toContain(theirs.id);
  });
});

describe('The filter by kind', () => {
  it.each(['candidate', 'client', 'supplier'])(
    'answers everyone who is a %s, and nobody else, over its pages (LG-CON-005)',
    async (kind) => {
      const expected = newestFirst((kinds) => kinds.includes(kind));
      const pages = [await list(`?kind=${kind}&per_page=50`)];
      pages.push(await list(`?kind=${kind}&per_page=50&page=2`));
      expect(pages.flatMap(({ data }) => ids(data))).toEqual(expected);
      for (const { meta } of pages) expect(meta.total).toBe(expected.length);
    },
  );

  it.each([
    ['candidate', 'client'],
    ['client', 'candidate'],
    ['supplier', 'candidate'],
    ['candidate', 'client', 'supplier'],
    ['client', 'client', 'partner'],
  ])('widens with each of its values, as %s and %s (LG-CON-006, LG-CON-007)', async (...kinds) => {
    const expected = newestFirst((own) => kinds.some((kind) => own.includes(kind)));
    const query = kinds.map((kind) => `kind=${kind}`).join('&');
    const pages = [
      await list(`?${query}&per_page=100`),
      await list(`?per_page=100&page=2&${query}`),
    ];
    expect(pages.flatMap(({ data }) => ids(data))).toEqual(expected);
    expect(pages[0]?.meta.total).toBe(expected.length);
  });

  it('finds nobody of a kind that nobody has, and follows a change of kinds (LG-CON-005)', async () => {
    expect(await list('?kind=partner')).toMatchObject({ data: [], meta: { total: 0 } });
    const own = await openOffice(lab);
    const { id } = await own.contact({ kind: ['client'] });
    await own.change(`/contacts/${id}`, { kind: ['partner', 'supplier'] });
    const counts = ['client', 'partner', 'supplier'].map((kind) =>
      own.read(`/contacts?kind=${kind}`),
    );
    expect((await Promise.all(counts)).map(({ meta }) => meta.total)).toEqual([0, 1, 1]);
  });

  it.each(['lead', 'Client', '', 'client,candidate', 'client%20', 'client%00', '%25'])(
    'refuses what is no kind, %j, alone or beside a known one (LG-GEN-024, LG-GEN-025, LG-GEN-028)',
    async (text) => {
      for (const query of [`kind=${text}`, `kind=client&kind=${text}`]) {
        const refused = await office.ask('GET', `/contacts?${query}`);
        expectRefusal(refused, 400, 'invalid_body', /^kind must be one of candidate/);
      }
    },
  );

  it('counts with search and pool together: only who passes all is listed (LG-GEN-015, LG-GEN-023)', async () => {
    const isRight = (contact: Contact, index: number) =>
      contact.full_name.includes('Contact 1') && kindsOf(index).includes('client');
    const expected = ids(made.filter(isRight)).toReversed();
    const { data, meta } = await list('?search=contact+1&kind=client&per_page=5&page=2');
    expect(ids(data)).toEqual(expected.slice(5, 10));
    expect(meta).toEqual({ total: expected.length, page: 2, per_page: 5 });
    const pooled = made[10]?.id ?? '';
    const path = `/organizations/${office.id}/contacts/${pooled}/pool`;
    await lab.control('PUT', path, { until: '2999-01-01T00:00:00Z' });
    const total = async (query: string) => (await list(`?search=contact+1${query}`)).meta.total;
    expect(await total('&kind=client&pool=in_pool')).toBe(1);
    expect(await total('&kind=candidate&pool=in_pool')).toBe(0);
    expect(await total('&kind=client&pool=expired')).toBe(0);
  });
});
