import { describe, expect, it } from 'vitest';
import { type OperationId, readContract } from '../../openapi/contract.ts';
import { createAdditionalFieldsFinder } from '../contract/bodies.ts';
import { alwaysShown, exampleMembers } from '../contract/fields.ts';

const contract = readContract();
const operations = Object.values(contract.operations);

describe('the fields in the example responses', () => {
  it.each(operations)('are listed for $id, and are in its schema', ({ id, responses, success }) => {
    const members = exampleMembers(contract, id);
    expect(members.length).toBeGreaterThan(1);
    const schema = responses[success]?.content['application/json']?.schema;
    const shown = Object.fromEntries(members.map((name) => [name, null]));
    const data = id.startsWith('list') ? [shown] : shown;
    expect(schema && createAdditionalFieldsFinder(contract)(schema, { data })).toEqual([]);
  });

  it.each<[OperationId, readonly string[]]>([
    ['listDossiers', ['id', 'type', 'name', 'status', 'current_stage_id', 'created_at']],
    ['createDossier', ['id', 'type', 'name', 'status', 'current_stage_id', 'created_at']],
    ['getDossier', ['id', 'type', 'name', 'current_stage_id']],
    ['listContacts', ['id', 'full_name', 'kind', 'dossier_count', 'created_at']],
    ['createContact', ['id', 'full_name', 'kind', 'dossier_count', 'created_at']],
    ['getContact', ['id', 'full_name', 'kind', 'dossier_count']],
    ['uploadDossierCv', ['id', 'cv_url']],
    ['linkDossierContact', ['dossier_id', 'contact_id', 'role_on_dossier', 'is_primary']],
    ['listFlowStages', ['id', 'name', 'position']],
  ])('of %s that always have a value are %j', (operation, members) => {
    expect(alwaysShown(contract, operation)).toEqual(members);
  });
});
