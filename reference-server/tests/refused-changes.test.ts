import { describe, expect, it } from 'vitest';
import type { OperationId } from '../../openapi/contract.ts';
import { expectRefusal, form, pdf, useLab, type Sending } from './lab.ts';
import { ask, furnish, nowhere } from './operations.ts';
import { portrait } from './portrait.ts';

const lab = useLab();
const right = { name: 'Right', company: 'Right', status: 'won' };

/** Requests of which all is right but one thing, and what they are refused with. */
const refused: [string, OperationId, number, string, Sending][] = [
  [
    'a negative amount',
    'updateDossier',
    400,
    'invalid_body',
    { json: { ...right, deal_size: -1 } },
  ],
  [
    'a stage of nothing',
    'updateDossier',
    400,
    'invalid_body',
    { json: { ...right, current_stage_id: nowhere.dossier } },
  ],
  [
    'a member of nothing',
    'updateDossier',
    400,
    'invalid_body',
    { json: { ...right, assigned_to: nowhere.dossier } },
  ],
  [
    'a flow of nothing',
    'createDossier',
    404,
    'not_found',
    { json: { ...right, type: 'sales', email: 'new@x.example', flow_id: nowhere.flow } },
  ],
  [
    'a contact of nothing',
    'createDossier',
    404,
    'not_found',
    { json: { ...right, type: 'candidate', contact_id: nowhere.free } },
  ],
  [
    'a member of nothing in a form',
    'createDossier',
    400,
    'invalid_body',
    { body: form({ type: 'sales', name: 'Right', assigned_to: nowhere.linked }, pdf()) },
  ],
  [
    'an unknown kind',
    'createContact',
    400,
    'invalid_body',
    { json: { full_name: 'Right', kind: ['client', 'friend'] } },
  ],
  [
    'a taken e-mail address',
    'createContact',
    409,
    'duplicate_contact',
    { json: { full_name: 'Right', email: 'Mark@X.example' } },
  ],
  [
    'an unknown kind',
    'updateContact',
    400,
    'invalid_body',
    { json: { full_name: 'Right', email: 'new@x.example', kind: ['friend'] } },
  ],
  [
    'a taken e-mail address',
    'updateContact',
    409,
    'duplicate_contact',
    { json: { full_name: 'Right', city: 'Gent', email: 'Mark@X.example' } },
  ],
  [
    'a contact of nothing',
    'linkDossierContact',
    404,
    'not_found',
    { json: { contact_id: nowhere.free, role_on_dossier: 'champion', is_primary: true } },
  ],
  ['a blank text', 'createDossierNote', 400, 'invalid_body', { json: { content: ' ' } }],
  [
    'a file that is no PDF',
    'uploadDossierCv',
    400,
    'invalid_body',
    { body: form({ name: 'Right' }, new Blob(['PK'])) },
  ],
];

describe('A request', () => {
  it.each(refused)(
    'that is refused for %s changes nothing, though the rest of %s is right (LG-ERR-028)',
    async (_, id, status, code, sending) => {
      const own = await furnish(lab);
      const before = await portrait(lab, own.key);
      expectRefusal(await ask(lab, id, own, { ...sending, key: own.key }), status, code);
      expect(await portrait(lab, own.key)).toEqual(before);
    },
  );

  it('that is refused leaves the CV of a dossier where it was (LG-ERR-028)', async () => {
    const own = await furnish(lab);
    await ask(lab, 'uploadDossierCv', own, own);
    const before = lab.state.organizations.get(own.id)?.cvs.get(own.dossier);
    const body = form({}, new Blob(['%PDF', new Uint8Array(9)]));
    const reply = await ask(lab, 'uploadDossierCv', own, { key: own.key, body });
    expectRefusal(reply, 400, 'invalid_body');
    expect(lab.state.organizations.get(own.id)?.cvs.get(own.dossier)).toBe(before);
    expect(before?.bytes).toHaveLength(20);
  });
});
