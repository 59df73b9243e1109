import { describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { createOperationNames, urlOf } from '../contract/operations.ts';

const contract = readContract();

describe('the operation of a URL', () => {
  it.each(['http://127.0.0.1:4020/api/v1', 'http://127.0.0.1:4020', 'https://crm.test/a/b'])(
    'is found below the base URL %s',
    (base) => {
      const name = createOperationNames(contract, base);
      expect(name('GET', `${base}/dossiers?page=2`)).toBe('listDossiers');
      expect(name('DELETE', `${base}/dossiers/a/contacts/b`)).toBe('unlinkDossierContact');
      expect(name('PUT', `${base}/dossiers`)).toBeUndefined();
      expect(name('GET', `${base}/dossiers/`)).toBeUndefined();
      expect(name('GET', 'http://other.test/dossiers')).toBeUndefined();
    },
  );

  it('has a URL with encoded parts and repeated parameters', () => {
    const { getDossier, listContacts } = contract.operations;
    expect(urlOf('http://h', getDossier, { id: 'a/b c' })).toBe('http://h/dossiers/a%2Fb%20c');
    expect(
      urlOf('http://h', listContacts, {}, { kind: ['client', 'partner'], search: 'a b' }),
    ).toBe('http://h/contacts?kind=client&kind=partner&search=a+b');
  });
});
