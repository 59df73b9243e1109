import { beforeAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import { expectRefusal, useLab, type Reply } from './lab.ts';
import { ask, furnish, nowhere, withPathId, type Furnished, type Places } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
let own: Furnished;
let other: Furnished;
beforeAll(async () => {
  const generous = { rate_limit: { requests: 100_000, window_seconds: 60 } };
  [own, other] = [await furnish(lab, generous), await furnish(lab, generous)];
});

/** Asks in the own organisation for what these ids name. */
const askFor = (id: OperationId, places: Places) => ask(lab, id, places, { key: own.key });
const both = async () => [await portrait(lab, own.key), await portrait(lab, other.key)];

describe('An id in a path', () => {
  it.each(withPathId)('of nothing is not found by $id (LG-ERR-016)', async ({ id }) => {
    expectRefusal(
      await askFor(id, nowhere),
      404,
      'not_found',
      /^(Dossier|Contact|Flow) not found\.$/,
    );
  });

  it.each(withPathId)(
    'of another organisation is answered by $id just as an id of nothing (LG-ERR-017, LG-ERR-018, LG-ERR-029)',
    async ({ id }) => {
      const foreign = await askFor(id, other);
      expectRefusal(foreign, 404, 'not_found');
      expect(foreign.text).toBe((await askFor(id, nowhere)).text);
      const twin = await furnish(lab);
      expect((await ask(lab, id, twin, twin)).status).toBeLessThan(300);
    },
  );

  it.each(withPathId)(
    'of another organisation lets $id touch nothing (LG-ERR-019)',
    async ({ id }) => {
      const before = await both();
      expectRefusal(await askFor(id, other), 404, 'not_found');
      expect(await both()).toEqual(before);
    },
  );

  const mixed: [OperationId, (places: Places) => Places][] = [
    ['linkDossierContact', ({ dossier }) => ({ ...own, dossier })],
    ['linkDossierContact', ({ free }) => ({ ...own, free })],
    ['unlinkDossierContact', ({ dossier }) => ({ ...own, dossier })],
    ['unlinkDossierContact', ({ linked }) => ({ ...own, linked })],
  ];

  it.each(mixed)(
    'or a body, of another organisation beside one of the own, lets %s touch nothing (LG-ERR-017, LG-ERR-019)',
    async (id, mix) => {
      const before = await both();
      const foreign = await askFor(id, mix(other));
      expectRefusal(foreign, 404, 'not_found');
      expect(foreign.text).toBe((await askFor(id, mix(nowhere))).text);
      expect(await both()).toEqual(before);
    },
  );

  const malformed = [
    'x',
    '1',
    '%00',
    '%zz',
    '..%2f',
    '__proto__',
    'constructor',
    'null',
    '💥',
    '%20',
  ];
  const nearly = ['8e81973e0bec47b0b898d190f9ebdacc', '%7B8e81973e-0bec-47b0-b898-d190f9ebdacc%7D'];

  it.each(withPathId)(
    'that no id could look like is not found by $id (LG-GEN-048)',
    async ({ id }) => {
      const expected = (await askFor(id, nowhere)).text;
      for (const text of [...malformed, ...nearly, `${own.dossier}%20`, 'x'.repeat(5000)]) {
        // The body of a link names a contact that is there.
        const free = id === 'linkDossierContact' ? own.free : text;
        const reply = await askFor(id, { dossier: text, linked: text, flow: text, free });
        expectRefusal(reply, 404, 'not_found');
        expect(reply.text).toBe(expected);
      }
    },
  );

  it.each(malformed)(
    'such as %j is no contact that could be unlinked (LG-GEN-048)',
    async (linked) => {
      const reply = await askFor('unlinkDossierContact', { ...own, linked });
      expectRefusal(reply, 404, 'not_found', 'not linked');
    },
  );

  it.each(withPathId)(
    'of a thing of another sort is not found by $id (LG-ERR-016)',
    async ({ id }) => {
      const swapped = {
        dossier: own.free,
        free: own.dossier,
        linked: own.dossier,
        flow: own.dossier,
      };
      expectRefusal(await askFor(id, swapped), 404, 'not_found');
    },
  );
});

describe('An id in a body or a filter', () => {
  interface References {
    readonly contact: string;
    readonly flow: string;
    readonly stage: string;
    readonly member: string | undefined;
  }
  /** What the organisation has; its dossier is in that stage. */
  const referencesOf = async (one: Furnished): Promise<References> => {
    const { body } = await ask<{ id: string }[]>(lab, 'listFlowStages', one, one);
    const stage = body.data.at(-1)?.id ?? '';
    await ask(lab, 'updateDossier', one, { key: one.key, json: { current_stage_id: stage } });
    return { contact: one.free, flow: one.flow, stage, member: one.members[0]?.id };
  };
  const { free: contact, flow, dossier: stage, linked: member } = nowhere;
  const nothing: References = { contact, flow, stage, member };

  const create = (json: object) =>
    lab.call('POST', '/dossiers', { key: own.key, json: { type: 'sales', name: 'A', ...json } });
  const change = (json: object) => ask(lab, 'updateDossier', own, { key: own.key, json });
  const uses: [string, (ids: References) => Promise<Reply<unknown>>][] = [
    ['contact_id of a new dossier', (ids) => create({ contact_id: ids.contact })],
    ['flow_id of a new dossier', (ids) => create({ flow_id: ids.flow })],
    ['assigned_to of a new dossier', (ids) => create({ assigned_to: ids.member })],
    ['assigned_to of a dossier', (ids) => change({ assigned_to: ids.member })],
    ['current_stage_id of a dossier', (ids) => change({ current_stage_id: ids.stage })],
    ['contact_id of a link', (ids) => askFor('linkDossierContact', { ...own, free: ids.contact })],
    ['stage_id of a list', (ids) => lab.call('GET', `/dossiers?stage_id=${ids.stage}`, own)],
  ];

  it.each(uses)(
    'of another organisation, as %s, is answered as one of nothing and touches nothing (LG-ERR-030)',
    async (_, send) => {
      const [mine, theirs] = [await referencesOf(own), await referencesOf(other)];
      const before = await both();
      const foreign = await send(theirs);
      expect([200, 400, 404]).toContain(foreign.status);
      expect(foreign.text).toBe((await send(nothing)).text);
      expect(await both()).toEqual(before);
      const accepted = await send(mine);
      expect(accepted.status).toBeLessThan(300);
      expect(accepted.text).not.toBe(foreign.text);
    },
  );
});
