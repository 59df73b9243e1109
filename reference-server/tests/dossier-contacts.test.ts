import { beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from '../../openapi/contract.ts';
import { expectRefusal, useTestServer, type TestOrganization } from './test-server.ts';

const api = useTestServer();
let own: TestOrganization;
beforeEach(async () => {
  own = await api.organization();
});

const post = (path: string, json: object) =>
  api.call<{ id: string }>('POST', path, { key: own.key, json });
const createDossier = async (more: object = {}) =>
  (await post('/dossiers', { type: 'sales', name: 'KLM', ...more })).body.data.id;
const createContact = async (full_name: string) =>
  (await post('/contacts', { full_name })).body.data.id;
const namesOn = async (dossier: string) => {
  const path = `/dossiers/${dossier}/contacts`;
  const { body } = await api.call<Schemas['DossierContact'][]>('GET', path, own);
  return body.data.map(({ full_name }) => full_name);
};

// Details that no rule looks at.
describe('The contacts of a dossier', () => {
  it.each(['', ' \t'])('begin with one named after the sale for the person %j', async (text) => {
    expect(await namesOn(await createDossier({ contact_person: text }))).toEqual(['KLM']);
  });

  it('end with one who was unlinked and is linked again', async () => {
    const dossier = await createDossier({ contact_id: await createContact('Anna') });
    const path = `/dossiers/${dossier}/contacts`;
    const bram = await createContact('Bram');
    const link = async (contact_id: string) => post(path, { contact_id, role_on_dossier: 'other' });
    await link(bram);
    await link(await createContact('Cas'));
    expect(await namesOn(dossier)).toEqual(['Anna', 'Bram', 'Cas']);
    await api.call('DELETE', `${path}/${bram}`, own);
    await link(bram);
    expect(await namesOn(dossier)).toEqual(['Anna', 'Cas', 'Bram']);
  });
});

describe('The e-mail address of a contact', () => {
  const create = (email: string) => post('/contacts', { full_name: 'Sophie', email });

  it('is taken in any letter case of any script', async () => {
    await create('Émile@bücher.example');
    await create('ΝΊΚΟΣ@example.gr');
    for (const email of ['éMILE@BÜCHER.example', 'νίκος@example.gr']) {
      expectRefusal(await create(email), 409, 'duplicate_contact');
    }
  });

  it('differs from one whose accents are written as letters of their own', async () => {
    for (const email of ['sophi\u00e9@x.example', 'sophie\u0301@x.example']) {
      expect((await create(email)).status).toBe(201);
    }
  });
});
