import { describe, expect, it } from 'vitest';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import { useSender } from './events.ts';
import { contract, useLab, type Dossier } from './lab.ts';
import { addEndpoint, useReceiver } from './receiver.ts';

const lab = useLab();
const receiver = useReceiver();
const sender = useSender(lab, receiver);
const { call, create, eventsOf, typesOf } = sender;

describe('An event', () => {
  it('carries the dossier as the API shows it right after the change (LG-WEB-009, LG-WEB-017, LG-WEB-026)', async () => {
    const { id } = await create({ intake_notes: 'naïve café 🙂 עברית' });
    let answers: Dossier[] = [];
    const events = await eventsOf(async () => {
      answers = [
        await call('PATCH', `/dossiers/${id}`, {
          name: 'One',
          current_stage_id: sender.stages[2]?.id,
        }),
        await call('DELETE', `/dossiers/${id}`),
      ];
    });
    const [moved, archived] = answers;
    expect(events.map(({ data }) => data)).toEqual([moved, moved, archived, archived]);
  });

  it('carries a note as the API shows it (LG-WEB-009, LG-WEB-027)', async () => {
    const { id } = await create();
    let note: unknown;
    const events = await eventsOf(async () => {
      note = await call('POST', `/dossiers/${id}/notes`, { content: '<b>"ü"</b>' });
    });
    expect(events.map(({ data }) => data)).toEqual([note]);
  });

  it('is as the contract describes it, whatever its type (LG-WEB-003, LG-WEB-004, LG-WEB-006, LG-WEB-007)', async () => {
    const compile = createSchemaCompiler(contract.document);
    const { id } = await create();
    const events = await eventsOf(async () => {
      await call('PATCH', `/dossiers/${id}`, { current_stage_id: sender.stages[1]?.id });
      await call('DELETE', `/dossiers/${id}`);
      await call('POST', `/dossiers/${(await create()).id}/notes`, { content: 'Hello' });
    });
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(contract.events));
    for (const event of events) {
      const at =
        `#/webhooks/${event.type}/post/requestBody/content/application~1json/schema` as const;
      const validate = compile(at);
      expect(validate(event), JSON.stringify(validate.errors)).toBe(true);
      expect(event.id).toMatch(/^evt_/);
      expect(event.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    }
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });

  it('tells the moment of the change (LG-WEB-008)', async () => {
    let created: Dossier | undefined;
    const events = await eventsOf(async () => {
      created = await create();
    });
    expect(events[0]?.created_at).toBe(created?.created_at);
  });
});

describe('An endpoint', () => {
  it('gets the events of its own organisation only (LG-WEB-024)', async () => {
    const other = await lab.organization();
    const types = await typesOf(async () => {
      const json = { type: 'sales', name: 'Elsewhere' };
      await lab.call('POST', '/dossiers', { key: other.key, json });
    });
    expect(types).toEqual([]);
  });

  it('gets all events, also beside another (LG-WEB-035)', async () => {
    await addEndpoint(lab, sender.own.id, `${receiver.url}/second`);
    await create();
    const both = await receiver.until(2);
    expect(both.map(({ path }) => path).sort()).toEqual(['/', '/second']);
    expect(new Set(both.map(({ event }) => event.id)).size).toBe(1);
  });
});
