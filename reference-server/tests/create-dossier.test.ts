import { beforeAll, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { expectRefusal, useLab, type Dossier, type Lab, type TestOrganization } from './lab.ts';

const lab = useLab();
const unknown = '8e81973e-0bec-47b0-b898-d190f9ebdacc';
const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };

let own: TestOrganization;
let flows: Schemas['Flow'][];
beforeAll(async () => {
  own = await lab.organization({ rate_limit: { requests: 100_000, window_seconds: 60 } });
  flows = (await lab.call<Schemas['Flow'][]>('GET', '/flows', own)).body.data;
});

const post = (json: unknown) => lab.call('POST', '/dossiers', { key: own.key, json });
const create = async (json: object): Promise<Dossier> => {
  const reply = await post(json);
  expect(reply.status).toBe(201);
  return reply.body.data;
};
const total = async () => (await lab.call('GET', '/dossiers', own)).body.meta.total;
const organization = (from: Lab, id: string) => {
  const found = from.state.organizations.get(id);
  if (!found) throw new Error('The organisation is gone.');
  return found;
};
const contactOf = ({ id }: Dossier) => {
  const { links, contacts } = organization(lab, own.id);
  const found = [...links.by('dossier', id)];
  return { links: found, contact: contacts.get(found[0]?.contact_id ?? '') };
};
const countContacts = () => organization(lab, own.id).contacts.rows.length;

describe('Creating a dossier', () => {
  it('answers the whole dossier: active, in the first stage of the default flow of its type', async () => {
    for (const draft of [candidate, sales]) {
      const flow = flows.find(({ type, is_default }) => is_default && type === draft.type);
      const made = await create(draft);
      expect(made).toEqual({
        ...draft,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        email: null,
        phone: null,
        company: null,
        role: null,
        contact_person: null,
        deal_size: null,
        deal_currency: null,
        status: 'active',
        flow_id: flow?.id,
        current_stage_id: flow?.stages[0]?.id,
        assigned_to: null,
        intake_notes: null,
        cv_url: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      });
    }
  });

  it('keeps every field as it was sent, and getting it answers the same', async () => {
    const draft = {
      ...sales,
      email: 'Pieter+crew@KLM.example',
      phone: '',
      company: '  KLM ',
      role: 'Manager\n"crew"',
      contact_person: 'Pieter van Leeuwen',
      deal_size: 1250.5,
      deal_currency: 'EUR',
      assigned_to: own.members[0]?.id,
      intake_notes: 'naïve café 🙂 עברית e\u0301',
    };
    const made = await create(draft);
    expect(made).toMatchObject(draft);
    const { body } = await lab.call('GET', `/dossiers/${made.id}`, own);
    expect(body.data).toEqual(made);
  });

  it('takes null for what is not given, and passes over fields that the contract does not name', async () => {
    const nothing = { email: null, contact_id: null, flow_id: null, deal_size: null };
    const ignored = { status: 'won', current_stage_id: 'x', cv_url: 'x', cv: 'x', id: 'x', y: [1] };
    const made = await create({ ...candidate, ...nothing, ...ignored });
    expect(made).toMatchObject({ status: 'active', email: null, deal_size: null, cv_url: null });
    expect(made.id).not.toBe('x');
  });

  it('makes two of the same', async () => {
    const [first, second] = [await create(candidate), await create(candidate)];
    expect(first.id).not.toBe(second.id);
  });

  it('gives a hundred simultaneous ones ids of their own', async () => {
    const before = await total();
    const made = await Promise.all(Array.from({ length: 100 }, () => create(sales)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(100);
    expect(await total()).toBe(before + 100);
  });
});

describe('The flow of a new dossier', () => {
  it('is the one that was given, and the dossier starts at its lowest position', async () => {
    const stages = [
      { name: 'Late', position: 5 },
      { name: 'Early', position: -5 },
    ];
    const draft = { name: 'Side door', type: 'candidate', stages };
    const path = `/organizations/${own.id}/flows`;
    const flow = (await lab.control<Schemas['Flow']>('POST', path, draft)).body.data;
    const made = await create({ ...candidate, flow_id: flow.id });
    const early = flow.stages.find((stage) => stage.name === 'Early');
    expect(made).toMatchObject({ flow_id: flow.id, current_stage_id: early?.id });
  });

  it('is not found when it is unknown or another organisation’s, and the two look alike', async () => {
    const other = await lab.organization();
    const foreign = (await lab.call<Schemas['Flow'][]>('GET', '/flows', other)).body.data[0]?.id;
    const before = await total();
    const contacts = countContacts();
    const replies = [
      await post({ ...candidate, flow_id: foreign }),
      await post({ ...candidate, flow_id: unknown }),
    ];
    for (const reply of replies) expectRefusal(reply, 404, 'not_found', 'Flow not found.');
    expect(replies[0]?.text).toBe(replies[1]?.text);
    expect([await total(), countContacts()]).toEqual([before, contacts]);
  });

  it('must be of the dossier’s type', async () => {
    const flow = flows.find(({ type }) => type === 'sales');
    const refused = await post({ ...candidate, flow_id: flow?.id });
    expectRefusal(refused, 400, 'invalid_body', 'flow_id must name a flow of type candidate');
    expect((await create({ ...sales, flow_id: flow?.id })).flow_id).toBe(flow?.id);
  });

  it('has to be given when the type has no default flow', async () => {
    const start = await lab.organization();
    const { flows: table } = organization(lab, start.id);
    lab.state.transact(() => {
      for (const flow of [...table.rows]) table.replace({ ...flow, is_default: false });
    });
    const sending = { key: start.key, json: candidate };
    const refused = await lab.call('POST', '/dossiers', sending);
    expectRefusal(refused, 400, 'invalid_body', 'flow_id is required');
    const flow_id = [...table.rows].find(({ type }) => type === 'candidate')?.id;
    const json = { ...candidate, flow_id };
    expect((await lab.call('POST', '/dossiers', { key: start.key, json })).status).toBe(201);
  });
});

describe('The contact of a new dossier', () => {
  it('is made of a candidate’s name, e-mail, phone, company and role', async () => {
    const said = { email: 'sophie@x.example', phone: '06', company: 'Adyen', role: 'Engineer' };
    const { links, contact } = contactOf(await create({ ...candidate, ...said }));
    expect(links).toMatchObject([{ role_on_dossier: 'primary', is_primary: true }]);
    expect(contact).toMatchObject({ ...said, full_name: candidate.name, kind: ['candidate'] });
  });

  it('is named after the contact person of a sale, or after the sale when nobody is named', async () => {
    const named = contactOf(await create({ ...sales, contact_person: 'Pieter' })).contact;
    expect(named).toMatchObject({ full_name: 'Pieter', kind: ['prospect'] });
    for (const contact_person of [undefined, null, '', '  ']) {
      const { contact } = contactOf(await create({ ...sales, contact_person }));
      expect(contact?.full_name).toBe(sales.name);
    }
  });

  it('is the one who has the e-mail address already, unchanged, in whatever letter case', async () => {
    const email = 'Mark@Rabobank.example';
    const first = contactOf(await create({ ...candidate, email })).contact;
    const before = countContacts();
    const json = { ...sales, email: email.toUpperCase(), phone: '1', contact_person: 'X' };
    const second = await create(json);
    expect(second.email).toBe(email.toUpperCase());
    expect(contactOf(second).contact).toEqual(first);
    expect(countContacts()).toBe(before);
  });

  it('is the one that was given, unchanged, as primary contact', async () => {
    const given = contactOf(await create(candidate)).contact;
    const before = countContacts();
    const made = await create({ ...sales, contact_id: given?.id, email: 'new@x.example' });
    expect(contactOf(made)).toMatchObject({
      links: [{ contact_id: given?.id, role_on_dossier: 'primary', is_primary: true }],
      contact: given,
    });
    expect(countContacts()).toBe(before);
  });

  it('is not found when it is unknown or another organisation’s, and nothing is made', async () => {
    const other = await lab.organization();
    await lab.call('POST', '/dossiers', { key: other.key, json: candidate });
    const foreign = organization(lab, other.id).contacts.rows.at(0)?.id;
    const before = await total();
    const replies = [
      await post({ ...candidate, contact_id: foreign }),
      await post({ ...candidate, contact_id: unknown }),
    ];
    for (const reply of replies) expectRefusal(reply, 404, 'not_found', 'Contact not found.');
    expect(replies[0]?.text).toBe(replies[1]?.text);
    expect(await total()).toBe(before);
  });

  it('is looked for in the caller’s organisation only, by e-mail too', async () => {
    const other = await lab.organization();
    const json = { ...candidate, email: 'shared@x.example' };
    await lab.call('POST', '/dossiers', { key: other.key, json });
    const { contact } = contactOf(await create(json));
    expect(organization(lab, other.id).contacts.get(contact?.id ?? '')).toBeUndefined();
  });
});

describe('The assignment of a new dossier', () => {
  it('goes to a member of the organisation and nobody else', async () => {
    const other = await lab.organization();
    for (const assigned_to of [unknown, other.members[0]?.id, own.id]) {
      const refused = await post({ ...candidate, assigned_to });
      expectRefusal(refused, 400, 'invalid_body', 'assigned_to must be a member');
    }
    const path = `/organizations/${own.id}/members`;
    const member = (await lab.control('POST', path, { name: 'Joris' })).body.data;
    const made = await create({ ...candidate, assigned_to: member.id });
    expect(made.assigned_to).toBe(member.id);
  });
});
