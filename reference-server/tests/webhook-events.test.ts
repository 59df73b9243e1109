import { describe, expect, it } from 'vitest';
import { useSender } from './events.ts';
import { form, pdf, useLab } from './lab.ts';
import { useReceiver } from './receiver.ts';

const lab = useLab();
const receiver = useReceiver();
const sender = useSender(lab, receiver);
const { call, create, typesOf } = sender;

describe('Creating a dossier', () => {
  it('sends dossier.created once and nothing else, with a CV or without (LG-WEB-010, LG-WEB-028)', async () => {
    expect(await typesOf(() => create())).toEqual(['dossier.created']);
    const body = form({ type: 'candidate', name: 'Sophie' }, pdf());
    const upload = () => lab.call('POST', '/dossiers', { key: sender.own.key, body });
    expect(await typesOf(upload)).toEqual(['dossier.created']);
  });

  it('sends nothing when its CV cannot be stored (LG-CV-007)', async () => {
    await lab.control('POST', `/organizations/${sender.own.id}/failures`, { next: 'upload' });
    const body = form({ type: 'candidate', name: 'Sophie' }, pdf());
    const types = await typesOf(async () => {
      expect((await lab.call('POST', '/dossiers', { key: sender.own.key, body })).status).toBe(500);
    });
    expect(types).toEqual([]);
  });
});

describe('Changing a dossier', () => {
  const changes = {
    name: 'KLM',
    email: 'crew@klm.example',
    phone: '+31 20 1234567',
    company: 'KLM Group',
    role: 'Manager',
    contact_person: 'Pieter',
    deal_size: 0,
    deal_currency: 'EUR',
    status: 'won',
    intake_notes: 'Called.',
  };

  it.each(Object.entries(changes))(
    'of %s alone sends dossier.updated and no other event (LG-WEB-012, LG-WEB-016, LG-WEB-021)',
    async (name, value) => {
      const { id } = await create();
      const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, { [name]: value }));
      expect(types).toEqual(['dossier.updated']);
    },
  );

  it('of its assignment sends dossier.updated, and so does taking it away (LG-WEB-012)', async () => {
    const { id } = await create();
    for (const assigned_to of [sender.own.members[0]?.id, null]) {
      const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, { assigned_to }));
      expect(types).toEqual(['dossier.updated']);
    }
  });

  it('to another stage sends dossier.updated first, then dossier.stage_changed (LG-WEB-013, LG-WEB-015, LG-WEB-041)', async () => {
    const { id } = await create();
    for (const stage of [sender.stages[3], sender.stages[0]]) {
      const move = { current_stage_id: stage?.id };
      const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, move));
      expect(types).toEqual(['dossier.updated', 'dossier.stage_changed']);
    }
  });

  it('of several fields sends one dossier.updated (LG-WEB-029)', async () => {
    const { id } = await create();
    const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, changes));
    expect(types).toEqual(['dossier.updated']);
  });

  it('to what it is already sends nothing, its stage included (LG-WEB-030)', async () => {
    const { id } = await create(changes);
    const same = { ...changes, status: 'active', current_stage_id: sender.stages[0]?.id };
    const types = await typesOf(async () => {
      await call('PATCH', `/dossiers/${id}`, same);
      await call('PATCH', `/dossiers/${id}`, {});
    });
    expect(types).toEqual([]);
  });

  it('by a CV sends dossier.updated, each time (LG-WEB-014)', async () => {
    const { id } = await create();
    for (const size of [20, 20]) {
      const body = form({}, pdf(size));
      const upload = () => lab.call('POST', `/dossiers/${id}/cv`, { key: sender.own.key, body });
      expect(await typesOf(upload)).toEqual(['dossier.updated']);
    }
  });
});

describe('Archiving a dossier', () => {
  const archived = ['dossier.updated', 'dossier.deleted'];

  it('by deletion sends dossier.updated and dossier.deleted (LG-WEB-018, LG-WEB-031, LG-WEB-041)', async () => {
    const { id } = await create();
    expect(await typesOf(() => call('DELETE', `/dossiers/${id}`))).toEqual(archived);
  });

  it('by a change sends dossier.updated and dossier.deleted (LG-WEB-019, LG-WEB-020)', async () => {
    const { id } = await create();
    const patch = () => call('PATCH', `/dossiers/${id}`, { status: 'archived' });
    expect(await typesOf(patch)).toEqual(archived);
  });

  it('while moving it sends all three, dossier.updated first (LG-WEB-013, LG-WEB-041)', async () => {
    const { id } = await create();
    const both = { status: 'archived', current_stage_id: sender.stages[1]?.id };
    const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, both));
    expect(types).toEqual(['dossier.updated', 'dossier.stage_changed', 'dossier.deleted']);
  });

  it('again sends nothing, in either way (LG-WEB-032)', async () => {
    const { id } = await create();
    await call('DELETE', `/dossiers/${id}`);
    const types = await typesOf(async () => {
      await call('DELETE', `/dossiers/${id}`);
      await call('PATCH', `/dossiers/${id}`, { status: 'archived' });
    });
    expect(types).toEqual([]);
  });

  it('lets it be changed without another dossier.deleted (LG-WEB-021)', async () => {
    const { id } = await create();
    await call('DELETE', `/dossiers/${id}`);
    const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, { name: 'KLM Group' }));
    expect(types).toEqual(['dossier.updated']);
  });

  it('and restoring it sends dossier.updated alone (LG-WEB-021, LG-WEB-022)', async () => {
    for (const status of ['active', 'won', 'lost']) {
      const { id } = await create();
      await call('DELETE', `/dossiers/${id}`);
      const types = await typesOf(() => call('PATCH', `/dossiers/${id}`, { status }));
      expect(types).toEqual(['dossier.updated']);
    }
  });
});

describe('Notes, contacts and links', () => {
  it('cause note.created for a note, internal or not, and nothing else (LG-WEB-023, LG-WEB-034)', async () => {
    const { id } = await create();
    for (const is_internal of [true, false]) {
      const note = { content: 'Had a great first call.', is_internal };
      const types = await typesOf(() => call('POST', `/dossiers/${id}/notes`, note));
      expect(types).toEqual(['note.created']);
    }
  });

  it('cause nothing otherwise (LG-WEB-033)', async () => {
    const { id } = await create();
    const types = await typesOf(async () => {
      const contact = await call('POST', '/contacts', { full_name: 'Mark' });
      const link = { contact_id: contact.id, role_on_dossier: 'champion', is_primary: true };
      await call('POST', `/dossiers/${id}/contacts`, link);
      await call('PATCH', `/contacts/${contact.id}`, { city: 'Utrecht' });
      await call('DELETE', `/dossiers/${id}/contacts/${contact.id}`);
      await call('DELETE', `/contacts/${contact.id}`);
    });
    expect(types).toEqual([]);
  });

  it('like everything else cause nothing when they are read or refused (LG-WEB-025)', async () => {
    const { id } = await create();
    const types = await typesOf(async () => {
      for (const path of ['/dossiers', '/contacts', `/dossiers/${id}`, `/dossiers/${id}/notes`]) {
        await call('GET', path);
      }
      await call('PATCH', `/dossiers/${id}`, { name: 'Renamed', status: 'gone' });
      await call('PATCH', `/dossiers/${id}`, { name: 'Renamed', current_stage_id: sender.own.id });
      await call('POST', `/dossiers/${id}/notes`, { content: '' });
      await call('POST', `/dossiers/${sender.own.id}/notes`, { content: 'On nothing.' });
      await lab.control('POST', `/organizations/${sender.own.id}/failures`, { next: 'request' });
      await call('DELETE', `/dossiers/${id}`);
    });
    expect(types).toEqual([]);
  });
});
