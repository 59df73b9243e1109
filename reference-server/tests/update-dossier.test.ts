import { beforeEach, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { expectRefusal, useLab, type Dossier } from './lab.ts';
import { unknownId } from './office.ts';
import { texts } from './texts.ts';

const lab = useLab();
let own: Desk;
let sale: Dossier;
let candidate: Dossier;
beforeEach(async () => {
  own = await openDesk(lab);
  const said = {
    email: 'mark@rabobank.example',
    phone: '+31 6 12345678',
    company: 'Rabobank',
    role: 'Head of HR',
    assigned_to: own.members[0]?.id,
    intake_notes: 'Met at a fair.',
  };
  const deal = { contact_person: 'Mark de Vries', deal_size: 45000, deal_currency: 'EUR' };
  sale = await own.create({ type: 'sales', name: 'Rabobank, Talent rollout', ...said, ...deal });
  const email = 'sophie@x.example';
  candidate = await own.create({ type: 'candidate', name: 'Sophie van Dijk', ...said, email });
});

const patch = (id: string, json: unknown) => own.send('PATCH', `/dossiers/${id}`, { json });
/** Changes a dossier and makes sure that nothing else of it changes, in any answer. */
const expectChange = async (before: Dossier, changes: Partial<Dossier>) => {
  const after = await own.change(before.id, changes);
  expect(after).toEqual({ ...before, ...changes });
  expect(await own.read(before.id)).toEqual(after);
  expect((await own.list()).data.find(({ id }) => id === before.id)).toEqual(after);
};

/** Of either type. */
const common: [keyof Dossier, string][] = [
  ['name', 'Sophie de Vries'],
  ['email', 'new+1@x.example'],
  ['phone', ''],
  ['company', 'KLM "crew"'],
  ['role', 'Engineer'],
  ['intake_notes', 'Replaced.'],
];
const ofSales: [keyof Dossier, string | number][] = [
  ['contact_person', 'Pieter van Leeuwen'],
  ['deal_size', 0],
  ['deal_size', 1250.5],
  ['deal_currency', 'USD'],
];

describe('Changing a dossier', () => {
  it.each(common)(
    'changes its %s, and no field that was not sent (LG-DOS-067, LG-DOS-068, LG-DOS-070, LG-DOS-071, LG-DOS-072, LG-DOS-073, LG-DOS-074, LG-DOS-082, LG-DOS-108, LG-DOS-109, LG-DOS-110, LG-DOS-111)',
    async (field, value) => {
      await expectChange(sale, { [field]: value });
      await expectChange(candidate, { [field]: value });
    },
  );

  it.each(ofSales)(
    'changes the %s of a sale, and no field that was not sent (LG-DOS-067, LG-DOS-068, LG-DOS-075, LG-DOS-076, LG-DOS-077)',
    async (field, value) => {
      await expectChange(sale, { [field]: value });
      expect(await own.read(candidate.id)).toEqual(candidate);
    },
  );

  it('changes all fields at once, status and stage among them (LG-DOS-067, LG-DOS-069, LG-DOS-104)', async () => {
    const { stages } = await own.defaultFlow('sales');
    const place = { status: 'won', current_stage_id: stages.at(-1)?.id ?? '' } as const;
    const assigned_to = (await own.addMember()).id;
    const fields = Object.fromEntries([...common, ...ofSales]);
    await expectChange(sale, { ...fields, ...place, assigned_to });
  });

  it('answers the id, the stage and the status that were sent, new or not (LG-DOS-069)', async () => {
    const { stages } = await own.defaultFlow('candidate');
    const { id, current_stage_id } = candidate;
    for (const stage of [current_stage_id, stages[2]?.id]) {
      const sent = { current_stage_id: stage, status: 'active' };
      expect(await own.change(id, sent)).toMatchObject({ id, ...sent });
    }
  });

  it.each(Object.entries(texts))('keeps %s, to the last character', async (_, text) => {
    const said = { phone: text, company: text, role: text, intake_notes: text };
    await expectChange(sale, { name: text, contact_person: text, ...said });
  });

  it.each([
    'email',
    'phone',
    'company',
    'role',
    'contact_person',
    'deal_size',
    'deal_currency',
    'intake_notes',
  ])('takes the %s away by null (LG-DOS-090)', async (field) => {
    await expectChange(sale, { [field]: null });
  });

  it('refuses null for name, status and stage (LG-DOS-091)', async () => {
    for (const field of ['name', 'status', 'current_stage_id']) {
      const refused = await patch(sale.id, { company: 'Never', [field]: null });
      expectRefusal(refused, 400, 'invalid_body', new RegExp(`^${field} must be`));
    }
    expect(await own.read(sale.id)).toEqual(sale);
  });

  it('leaves it as it was when no field is sent (LG-DOS-092)', async () => {
    await expectChange(sale, {});
  });

  it('passes over type, flow and contact, right or wrong (LG-DOS-088)', async () => {
    const contact_id = (await own.addContact({ full_name: 'Pieter' })).id;
    const links = await own.contactsOf(sale);
    const right = { type: 'candidate', flow_id: (await own.addFlow()).id, contact_id };
    const wrong = { type: 5, flow_id: 'x', contact_id: [] };
    const others = { id: unknownId, cv_url: 'x', created_at: '2001-01-01T00:00:00Z', y: {} };
    for (const ignored of [right, wrong, others]) {
      expect(await own.change(sale.id, ignored)).toEqual(sale);
    }
    expect(await own.contactsOf(sale)).toEqual(links);
    expect((await own.contact(contact_id)).dossier_count).toBe(0);
  });

  it('refuses a sale’s fields on a candidate, unless they are null (LG-DOS-089)', async () => {
    const wrong = { contact_person: '', deal_size: 0, deal_currency: 'EUR' };
    for (const [field, value] of Object.entries(wrong)) {
      const refused = await patch(candidate.id, { name: 'Never', [field]: value });
      expectRefusal(refused, 400, 'invalid_body', `${field} must be left out`);
      expect(await own.read(candidate.id)).toEqual(candidate);
      await expectChange(candidate, { [field]: null });
      expect((await patch(sale.id, { [field]: value })).status).toBe(200);
    }
  });

  it('keeps each of the changes that come at once', async () => {
    const changes = Object.fromEntries(common);
    const requests = Object.entries(changes).map(([field, value]) =>
      own.change(candidate.id, { [field]: value }),
    );
    await Promise.all(requests);
    expect(await own.read(candidate.id)).toEqual({ ...candidate, ...changes });
  });
});

describe('The status of a dossier', () => {
  it.each(['active', 'won', 'lost', 'archived'] as const)(
    'can become %s, from any other (LG-DOS-078)',
    async (status) => {
      for (const from of ['active', 'won', 'lost', 'archived']) {
        await own.change(candidate.id, { status: from });
        await expectChange(candidate, { status });
        const listed = (await own.list(`?status=${status}`)).data;
        expect(listed.map(({ id }) => id)).toContain(candidate.id);
      }
    },
  );

  it.each(['', 'Won', 'open', 'deleted', ' won', 1, true, [['won']], {}])(
    'cannot become %j (LG-DOS-079)',
    async (status) => {
      const refused = await patch(sale.id, { name: 'Never', status });
      expectRefusal(refused, 400, 'invalid_body', /^status must be/);
      expect(await own.read(sale.id)).toEqual(sale);
    },
  );
});

describe('The assignment of a dossier', () => {
  it('goes to another member, and to nobody by null (LG-DOS-080, LG-DOS-081)', async () => {
    const member = await own.addMember();
    await expectChange(sale, { assigned_to: member.id });
    await expectChange(sale, { assigned_to: null });
    await expectChange(sale, { assigned_to: null });
    await expectChange(sale, { assigned_to: member.id });
  });
});
