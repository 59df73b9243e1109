import { describe, expect, it } from 'vitest';
import { type OperationId, readContract } from '../../openapi/contract.ts';
import { requestFlaw } from '../assertions/requests.ts';
import type { Exchange } from '../http/exchange.ts';
import { createFlawFinder } from '../runner/ambient-checks.ts';

const contract = readContract();
const findFlaw = createFlawFinder(contract);
const uuid = '5f0c9a52-1d3e-4b7a-9c46-0e8d72ab4f19';

/** What is wrong with a request; a body is labelled as JSON unless another type is named. */
const flawOf = (
  operation: OperationId | undefined,
  path: string,
  body = '',
  type = 'application/json',
): string | undefined => {
  const request: Exchange['request'] = {
    method: '',
    url: `http://127.0.0.1/api/v1${path}`,
    headers: type === '' ? {} : { 'content-type': type },
    body: new TextEncoder().encode(body),
  };
  const response = { status: 500, headers: {}, body: '' };
  const times = { startedAt: 0, milliseconds: 0 };
  const exchange: Exchange = { operation, request, response, json: undefined, ...times };
  return requestFlaw(contract, exchange, findFlaw);
};

describe('A request', () => {
  it.each([
    ['listDossiers', '/dossiers?page=2&per_page=100&type=sales'],
    ['listContacts', '/contacts?kind=client&kind=supplier&search=a'],
    ['getDossier', `/dossiers/${uuid}`],
    // The form of an id is a decision.
    ['getDossier', '/dossiers/none'],
    ['createDossier', '/dossiers', '{"type":"sales","name":"Tulp"}'],
    [
      'createDossier',
      '/dossiers',
      '{"type":"sales","name":"T"}',
      'application/json; charset=utf-8',
    ],
    ['createDossier', '/dossiers', 'no form', 'multipart/form-data; boundary=x'],
    ['uploadDossierCv', `/dossiers/${uuid}/cv`, 'no PDF', 'application/pdf'],
    [undefined, '/nowhere?page=none'],
  ] as const)(
    'of %s is not wrong in itself: %s %s %s',
    (operation, path, body?: string, type?: string) => {
      expect(flawOf(operation, path, body, type)).toBeUndefined();
    },
  );

  it.each([
    ['listDossiers', '/dossiers?page=none'],
    ['listDossiers', '/dossiers?page=0'],
    ['listDossiers', '/dossiers?page=1&page=2'],
    ['listDossiers', '/dossiers?type=other'],
    ['listDossiers', '/dossiers?stage_id=none'],
    ['listDossiers', '/dossiers?colour=red'],
    ['listContacts', '/contacts?kind=client&kind=friend'],
    ['getDossier', '/dossiers/%ff'],
    ['createDossier', '/dossiers'],
    ['createDossier', '/dossiers', 'null'],
    ['createDossier', '/dossiers', '[]'],
    ['createDossier', '/dossiers', '{'],
    ['createDossier', '/dossiers', '{"type":"sales","name":5}'],
    ['createDossier', '/dossiers', '{"type":"sales","name":"Tulp"}', ''],
    ['createDossier', '/dossiers', '{"type":"sales","name":"Tulp"}', 'text/plain'],
  ] as const)(
    'of %s is wrong in itself: %s %s %s',
    (operation, path, body?: string, type?: string) => {
      expect(flawOf(operation, path, body, type)).toMatch(/^(its?|the) /);
    },
  );
});
