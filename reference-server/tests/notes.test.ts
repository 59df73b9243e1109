import { beforeEach, describe, expect, it } from 'vitest';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { openOffice, unknownId, type Note, type Office } from './office.ts';
import { stillTime } from './still-time.ts';
import { texts } from './texts.ts';

const lab = useLab({}, stillTime());
let office: Office;
let dossier: Dossier;
beforeEach(async () => {
  office = await openOffice(lab);
  dossier = await office.dossier();
});

const add = (json: object, { id } = dossier) => office.make<Note>(`/dossiers/${id}/notes`, json);
const list = ({ id } = dossier, query = '') => office.read<Note[]>(`/dossiers/${id}/notes${query}`);
const contents = async (...from: Parameters<typeof list>) =>
  (await list(...from)).data.map(({ content }) => content);
const advance = (advance_seconds: number) => lab.control('PUT', '/clock', { advance_seconds });

describe('Adding a note', () => {
  it('answers the whole note, which is the one that is listed (LG-NOT-004, LG-NOT-005, LG-NOT-014)', async () => {
    const {
      data: { now },
    } = (await lab.control<{ now: string }>('GET', '/clock')).body;
    const made = await add({ content: 'Followed up by email.', is_internal: false });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      dossier_id: dossier.id,
      content: 'Followed up by email.',
      is_internal: false,
      created_at: now,
    });
    expect(await list()).toEqual({ data: [made], meta: { total: 1, page: 1, per_page: 25 } });
  });

  it('puts it at the end of the notes of its dossier, and on no other (LG-NOT-001, LG-NOT-005, LG-NOT-007)', async () => {
    const other = await office.dossier();
    const drafts = [dossier, other, other, dossier, dossier];
    for (const [index, at] of drafts.entries()) {
      const content = `Note ${String(index)}`;
      expect((await add({ content }, at)).dossier_id).toBe(at.id);
      expect((await contents(at)).at(-1)).toBe(content);
      await advance(1);
    }
    expect(await contents()).toEqual(['Note 0', 'Note 3', 'Note 4']);
    expect(await contents(other)).toEqual(['Note 1', 'Note 2']);
    expect((await list(other)).data.map((note) => note.dossier_id)).toEqual([other.id, other.id]);
  });

  it.each(Object.entries({ ...texts, 'half a megabyte': 'long '.repeat(100_000), 'a dot': '.' }))(
    'keeps its text as it was sent: %s (LG-NOT-008)',
    async (_, content) => {
      expect((await add({ content })).content).toBe(content);
      expect(await contents()).toEqual([content]);
    },
  );

  it.each([
    {},
    { content: null },
    { content: '' },
    { content: 5 },
    { content: ['a'] },
    { text: 'a' },
  ])('is refused without a text, %j, and adds nothing (LG-NOT-009)', async (json) => {
    const first = await add({ content: 'First' });
    const refused = await office.ask('POST', `/dossiers/${dossier.id}/notes`, json);
    expectRefusal(refused, 400, 'invalid_body', /^content (is required|must)/);
    expect((await list()).data).toEqual([first]);
  });

  it.each([' ', '\n\t\r', '\u00a0\u3000\u2028'])(
    'is refused with nothing but white space, %j (LG-NOT-010)',
    async (content) => {
      const refused = await office.ask('POST', `/dossiers/${dossier.id}/notes`, { content });
      expectRefusal(refused, 400, 'invalid_body', 'content must not be blank.');
      expect((await list()).data).toEqual([]);
      await add({ content: `${content}.` });
    },
  );

  it('makes an internal one unless it is told otherwise (LG-NOT-011, LG-NOT-012)', async () => {
    const internal = [{}, { is_internal: true }, { is_internal: false }];
    for (const [index, more] of internal.entries()) {
      expect((await add({ content: 'A', ...more })).is_internal).toBe(index < 2);
    }
    const { data } = await list();
    expect(data.map((note) => note.is_internal)).toEqual([true, true, false]);
  });

  it.each(['false', 0, 1, null, ''])(
    'is refused when it is to be internal %j, which is neither true nor false (LG-GEN-034, LG-GEN-036)',
    async (is_internal) => {
      const json = { content: 'A', is_internal };
      const refused = await office.ask('POST', `/dossiers/${dossier.id}/notes`, json);
      expectRefusal(refused, 400, 'invalid_body', 'is_internal must be true or false.');
      expect((await list()).meta.total).toBe(0);
    },
  );

  it('keeps every one of many that come at the same moment (LG-NOT-001)', async () => {
    const texts = Array.from({ length: 25 }, (_, index) => `Note ${String(index)}`);
    const made = await Promise.all(texts.map((content) => add({ content })));
    expect(new Set(made.map(({ id }) => id)).size).toBe(25);
    expect((await contents()).sort()).toEqual(texts.sort());
  });

  it('takes the same text twice, passes over other fields and leaves the dossier as it was', async () => {
    const json = { content: 'Again', id: 'x', dossier_id: unknownId, created_at: 'x' };
    const [first, second] = [await add(json), await add(json)];
    expect(first.id).not.toBe(second.id);
    expect((await list()).data).toEqual([first, second]);
    expect((await office.read(`/dossiers/${dossier.id}`)).data).toEqual(dossier);
  });
});

describe('Listing the notes of a dossier', () => {
  it('answers all, internal and not, the oldest first (LG-NOT-001, LG-NOT-002)', async () => {
    const made: Note[] = [];
    for (let index = 0; index < 12; index += 1) {
      made.push(await add({ content: String(index), is_internal: index % 3 === 0 }));
      await advance(index % 4 === 0 ? 86_400 : 1);
    }
    const { data } = await list();
    expect(data).toEqual(made);
    const moments = data.map(({ created_at }) => created_at);
    expect(new Set(moments).size).toBe(12);
    expect(moments).toEqual(moments.toSorted());
  });

  it('keeps the order of adding among notes of one moment (LG-NOT-003)', async () => {
    const texts = Array.from({ length: 20 }, (_, index) => String((index * 7) % 20));
    for (const content of texts) await add({ content });
    const { data } = await list();
    expect(data.map(({ content }) => content)).toEqual(texts);
    expect(new Set(data.map(({ created_at }) => created_at)).size).toBe(1);
  });

  it('answers them in pages, of 25 at first and of 100 at most (LG-NOT-006)', async () => {
    const texts = Array.from({ length: 103 }, (_, index) => String(index));
    for (const content of texts) await add({ content });
    const { meta } = await list();
    expect(meta).toEqual({ total: 103, page: 1, per_page: 25 });
    expect(await contents()).toEqual(texts.slice(0, 25));
    expect(await contents(dossier, '?page=5')).toEqual(texts.slice(100));
    expect(await contents(dossier, '?per_page=100')).toEqual(texts.slice(0, 100));
    expect(await contents(dossier, '?page=2&per_page=100')).toEqual(texts.slice(100));
    expect(await contents(dossier, '?page=3&per_page=10')).toEqual(texts.slice(20, 30));
    const beyond = { data: [], meta: { total: 103, page: 6, per_page: 25 } };
    expect(await list(dossier, '?page=6')).toEqual(beyond);
  });

  it.each(['page=0', 'page=two', 'per_page=0', 'per_page=101', 'per_page='])(
    'is refused for the page %s (LG-NOT-006)',
    async (query) => {
      const refused = await office.ask('GET', `/dossiers/${dossier.id}/notes?${query}`);
      expectRefusal(refused, 400, 'invalid_body', /^(per_)?page must be/);
    },
  );

  it('answers none at first, and all of an archived dossier, to which more can be added (LG-NOT-001)', async () => {
    expect(await list()).toEqual({ data: [], meta: { total: 0, page: 1, per_page: 25 } });
    await add({ content: 'Before' });
    await office.remove(`/dossiers/${dossier.id}`);
    await add({ content: 'After' });
    expect(await contents()).toEqual(['Before', 'After']);
  });
});
