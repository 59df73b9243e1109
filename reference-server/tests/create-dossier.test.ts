import { beforeAll, describe, expect, it } from 'vitest';
import { useLab } from './lab.ts';
import { openDesk, type Desk } from './desk.ts';
import { unknownId } from './office.ts';
import { texts } from './texts.ts';

const lab = useLab();
let own: Desk;
beforeAll(async () => {
  own = await openDesk(lab);
});

const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };
const types = [
  ['candidate', candidate],
  ['sale', sales],
] as const;

/** Creates a dossier and makes sure that it is answered, read and listed as it was sent. */
const expectKept = async (draft: object) => {
  const made = await own.create(draft);
  expect(made).toMatchObject(draft);
  expect(await own.read(made.id)).toEqual(made);
  expect((await own.list('?per_page=1')).data).toEqual([made]);
};

describe('Creating a dossier', () => {
  it.each(types)(
    'answers an active %s by whose id it is found again (LG-DOS-001, LG-DOS-019, LG-DOS-020, LG-DOS-021, LG-DOS-103)',
    async (_, draft) => {
      const made = await own.create(draft);
      expect(made).toMatchObject({ ...draft, status: 'active' });
      expect(made.current_stage_id).not.toBe('');
      expect(Date.parse(made.created_at)).not.toBeNaN();
      expect((await own.read(made.id)).type).toBe(draft.type);
      expect(await own.read(made.id)).toEqual(made);
    },
  );

  it.each(types)(
    'keeps what is said of a %s (LG-DOS-033, LG-DOS-034, LG-DOS-035, LG-DOS-036, LG-DOS-037, LG-DOS-038, LG-DOS-042, LG-DOS-105, LG-DOS-106, LG-DOS-107, LG-DOS-108)',
    async (_, draft) => {
      await expectKept({
        ...draft,
        email: 'Pieter+crew@KLM.example',
        phone: '+31 6 12345678',
        company: 'KLM',
        role: 'Senior Frontend Engineer',
        assigned_to: own.members[0]?.id,
        intake_notes: 'Available from September.',
      });
    },
  );

  it('keeps what is said of a sale alone (LG-DOS-039, LG-DOS-040, LG-DOS-041)', async () => {
    const deal = { contact_person: 'Pieter van Leeuwen', deal_size: 62000, deal_currency: 'EUR' };
    await expectKept({ ...sales, ...deal });
  });

  it.each(Object.entries(texts))(
    'keeps %s, to the last character (LG-DOS-030, LG-DOS-034, LG-DOS-035, LG-DOS-036, LG-DOS-038, LG-DOS-039)',
    async (_, text) => {
      const said = { phone: text, company: text, role: text, intake_notes: text };
      await expectKept({ ...sales, name: text, contact_person: text, ...said });
    },
  );

  it('keeps an empty text apart from none (LG-DOS-042)', async () => {
    await expectKept({ ...candidate, phone: '', company: '', role: '', intake_notes: '' });
  });

  it('takes null for what is not given', async () => {
    const nothing = { email: null, phone: null, contact_id: null, flow_id: null, deal_size: null };
    const made = await own.create({ ...candidate, ...nothing, assigned_to: null });
    expect(made).toMatchObject({ email: null, phone: null, deal_size: null, assigned_to: null });
  });

  it('assigns it to nobody unless told (LG-DOS-043)', async () => {
    await own.addMember();
    for (const draft of [candidate, sales])
      expect((await own.create(draft)).assigned_to).toBeNull();
  });

  it('leaves the currency of an amount open unless told (LG-DOS-047)', async () => {
    expect(await own.create({ ...sales, deal_size: 5 })).toMatchObject({
      deal_size: 5,
      deal_currency: null,
    });
  });

  it('passes over a status, a stage and a CV’s address, right or wrong (LG-DOS-051)', async () => {
    const stages = (await own.defaultFlow('candidate')).stages.map(({ id }) => id);
    for (const ignored of [
      { status: 'won', current_stage_id: stages[1], cv_url: 'x', id: unknownId },
      { status: 5, current_stage_id: [], cv_url: {}, id: null, created_at: '2001-01-01T00:00:00Z' },
    ]) {
      const made = await own.create({ ...candidate, ...ignored });
      expect(made).toMatchObject({ status: 'active', current_stage_id: stages[0], cv_url: null });
      expect(made.id).not.toBe(unknownId);
      expect(made.created_at).not.toMatch(/^2001/);
    }
  });

  it('makes two of the same, one after the other or at once (LG-DOS-032)', async () => {
    const [before] = await own.census();
    const made = [await own.create(sales), await own.create(sales)];
    made.push(...(await Promise.all(Array.from({ length: 48 }, () => own.create(sales)))));
    expect(new Set(made.map(({ id }) => id)).size).toBe(50);
    expect((await own.census())[0]).toBe((before ?? 0) + 50);
  });
});
