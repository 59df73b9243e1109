import { describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import { contract, expectRefusal, useLab } from './lab.ts';
import { ask, furnish, operations, writes, type Furnished } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
const keyWith = ({ id }: Furnished, scopes: readonly string[]) => lab.newKey(id, { scopes });
const without = (scopes: readonly string[]) =>
  contract.scopes.filter((scope) => !scopes.includes(scope));

/** Proves that an operation works with these scopes alone, and with none of them left out. */
const needs =
  (id: OperationId, ...scopes: string[]) =>
  async (): Promise<void> => {
    const own = await furnish(lab);
    for (const scope of scopes) {
      const refused = await ask(lab, id, own, { key: await keyWith(own, without([scope])) });
      expectRefusal(refused, 403, 'forbidden', `lacks the scope ${scope}.`);
    }
    const reply = await ask(lab, id, own, { key: await keyWith(own, scopes) });
    expect(reply.status).toBe(contract.operations[id].success);
  };

describe('dossiers:read', () => {
  it('lists dossiers (LG-AUT-021, LG-AUT-029)', needs('listDossiers', 'dossiers:read'));
  it('reads a dossier (LG-AUT-021, LG-AUT-031)', needs('getDossier', 'dossiers:read'));
});

describe('dossiers:write', () => {
  it('creates a dossier (LG-AUT-022, LG-AUT-030)', needs('createDossier', 'dossiers:write'));
  it('changes a dossier (LG-AUT-022, LG-AUT-032)', needs('updateDossier', 'dossiers:write'));
  it('archives a dossier (LG-AUT-022, LG-AUT-034)', needs('archiveDossier', 'dossiers:write'));
  it('uploads a CV (LG-AUT-022, LG-AUT-035)', needs('uploadDossierCv', 'dossiers:write'));

  it('moves a dossier, and no other scope does (LG-AUT-033)', async () => {
    const own = await furnish(lab);
    const stages = await ask<{ id: string }[]>(lab, 'listFlowStages', own, own);
    const json = { current_stage_id: stages.body.data.at(-1)?.id };
    const others = await keyWith(own, without(['dossiers:write']));
    expectRefusal(await ask(lab, 'updateDossier', own, { key: others, json }), 403, 'forbidden');
    const stayed = await ask<object>(lab, 'getDossier', own, own);
    expect(stayed.body.data).not.toMatchObject(json);
    const key = await keyWith(own, ['dossiers:write']);
    const moved = await ask<object>(lab, 'updateDossier', own, { key, json });
    expect(moved.body.data).toMatchObject(json);
  });

  it('creates a dossier for a contact that is there already (LG-AUT-048)', async () => {
    const own = await furnish(lab);
    const key = await keyWith(own, ['dossiers:write']);
    const json = { type: 'sales', name: 'A', contact_id: own.free };
    expect((await lab.call('POST', '/dossiers', { key, json })).status).toBe(201);
    const { body } = await ask<{ dossier_count: number }>(lab, 'getContact', own, own);
    expect(body.data.dossier_count).toBe(1);
  });
});

describe('contacts:read', () => {
  it('lists contacts (LG-AUT-023, LG-AUT-036)', needs('listContacts', 'contacts:read'));
  it('reads a contact (LG-AUT-023, LG-AUT-038)', needs('getContact', 'contacts:read'));
  it(
    'lists the contacts of a dossier (LG-AUT-023, LG-AUT-041)',
    needs('listDossierContacts', 'contacts:read'),
  );
});

describe('contacts:write', () => {
  it('creates a contact (LG-AUT-024, LG-AUT-037)', needs('createContact', 'contacts:write'));
  it('changes a contact (LG-AUT-024, LG-AUT-039)', needs('updateContact', 'contacts:write'));
  it('deletes a contact (LG-AUT-024, LG-AUT-040)', needs('deleteContact', 'contacts:write'));
  it(
    'links contacts, together with dossiers:write (LG-AUT-025, LG-AUT-042)',
    needs('linkDossierContact', 'contacts:write', 'dossiers:write'),
  );
  it(
    'unlinks contacts, together with dossiers:write (LG-AUT-025, LG-AUT-043)',
    needs('unlinkDossierContact', 'contacts:write', 'dossiers:write'),
  );
});

describe('flows:read', () => {
  it('lists flows (LG-AUT-026, LG-AUT-044)', needs('listFlows', 'flows:read'));
  it('reads the stages of a flow (LG-AUT-026, LG-AUT-045)', needs('listFlowStages', 'flows:read'));
});

describe('notes:read', () => {
  it('lists notes (LG-AUT-027, LG-AUT-046)', needs('listDossierNotes', 'notes:read'));
});

describe('notes:write', () => {
  it('adds a note (LG-AUT-028, LG-AUT-047)', needs('createDossierNote', 'notes:write'));
});

describe('A key', () => {
  it.each(operations)('without a scope can’t do $id (LG-AUT-018)', async ({ id, scopes }) => {
    const own = await furnish(lab);
    const refused = await ask(lab, id, own, { key: await keyWith(own, []) });
    expectRefusal(refused, 403, 'forbidden', `lacks the scope ${scopes.join(' and ')}.`);
    expect((await ask(lab, id, own, own)).status).toBe(contract.operations[id].success);
  });

  it.each(contract.scopes)('with %s alone opens nothing of another (LG-AUT-019)', async (scope) => {
    const own = await furnish(lab);
    const key = await keyWith(own, [scope]);
    for (const { id } of operations.filter((one) => one.scopes.join() !== scope)) {
      expectRefusal(await ask(lab, id, own, { key }), 403, 'forbidden');
    }
  });

  it.each(writes)('without the scope leaves no trace with $id (LG-AUT-020)', async (write) => {
    const own = await furnish(lab);
    const key = await keyWith(own, without(write.scopes));
    const before = await portrait(lab, own.key);
    expectRefusal(await ask(lab, write.id, own, { key }), 403, 'forbidden');
    expect(await portrait(lab, own.key)).toEqual(before);
    expect((await ask(lab, write.id, own, own)).status).toBe(write.success);
  });
});
