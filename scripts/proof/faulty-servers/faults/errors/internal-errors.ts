import { onResponse } from '../../../../../conformance/faults/inject.ts';
import { crashOn } from '../../../../../conformance/faults/refusals.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { type FaultyServer, faultyServer, onWire } from '../../faulty-server.ts';
import { onIncoming } from '../../inject/requests.ts';

const statement = 'LG-ERR-031';

/** A server that fails on JSON bodies that meet a condition, in any operation. */
const onJson = (id: string, does: string, isCrashing: (json: unknown) => boolean): FaultyServer =>
  onWire(
    `errors/${id}`,
    statement,
    does,
    crashOn(
      ({ headers, json }) =>
        (headers.get('content-type') ?? '').includes('json') && isCrashing(json),
    ),
  );

const fieldOf = (json: unknown, name: string): unknown =>
  (json as Readonly<Record<string, unknown>> | null | undefined)?.[name];

/** Invalid requests that cause an internal error instead of a refusal. */
export const crashFaults: readonly FaultyServer[] = [
  onJson('crash-on-array', 'fails over a body that is an array', (json) => Array.isArray(json)),
  onJson('crash-on-null', 'fails over a body that is null', (json) => json === null),
  onJson(
    'crash-on-number',
    'fails over a body that is a number',
    (json) => typeof json === 'number',
  ),
  onJson('crash-on-text', 'fails over a body that is a text', (json) => typeof json === 'string'),
  onJson(
    'crash-on-number-as-text',
    'fails over a number in the place of the text of a note',
    (json) => typeof fieldOf(json, 'content') === 'number',
  ),
  onJson(
    'crash-on-null-name',
    'fails over a contact whose name is null',
    (json) => fieldOf(json, 'full_name') === null,
  ),
  onJson(
    'crash-on-object-as-kind',
    'fails over an object in the place of the kinds',
    (json) => typeof fieldOf(json, 'kind') === 'object' && !Array.isArray(fieldOf(json, 'kind')),
  ),
  onJson(
    'crash-on-nul',
    'fails over a NUL character in a company, as its database can’t hold one',
    (json) => String(fieldOf(json, 'company')).includes('\0'),
  ),
  onWire(
    'errors/crash-on-empty',
    statement,
    'fails over a change without a body',
    crashOn(({ operation, text }) => operation === 'updateDossier' && text === ''),
  ),
  onWire(
    'errors/crash-on-label',
    statement,
    'fails over a body that is labelled as XML',
    crashOn(({ headers }) => headers.get('content-type') === 'application/xml'),
  ),
  onWire(
    'errors/crash-on-id',
    statement,
    'fails over an id of a flow that is no UUID',
    crashOn(
      ({ operation, url }) =>
        operation === 'listFlowStages' && !/\/[\da-f-]{36}\/stages$/.test(url.pathname),
    ),
  ),
  onWire(
    'errors/crash-on-page-size',
    statement,
    'fails over a page size that is no number',
    crashOn(({ url }) => Number.isNaN(Number(url.searchParams.get('per_page') ?? 1))),
  ),
  onWire(
    'errors/crash-on-stage',
    statement,
    'fails over a stage in a filter that is no UUID',
    crashOn(({ url }) => url.searchParams.get('stage_id') === 'none'),
  ),
  onWire(
    'errors/crash-on-brackets',
    statement,
    'fails over a search that is written as an object',
    crashOn(({ url }) => url.searchParams.has('search[a]')),
  ),
  onWire(
    'errors/crash-on-form',
    statement,
    'fails over a form that names no boundary',
    crashOn(({ headers }) => headers.get('content-type') === 'multipart/form-data'),
  ),
  onWire(
    'errors/crash-on-second-file',
    statement,
    'fails over a form with two files',
    crashOn(({ text }) => text.split('name="cv"').length > 2),
  ),
  onWire(
    'errors/unavailable-on-array',
    statement,
    'says of itself that it is unavailable whenever a body is an array',
    crashOn(({ json }) => Array.isArray(json), 503, 'unavailable'),
  ),
];

/** Responds with an internal error, but executes the operation. */
const executeDespiteFailure = (operation: OperationId): FaultyServer['inject'] =>
  onIncoming(() => async ({ request, operation: call }, fetch) => {
    const again = request.clone();
    const response = await fetch(request);
    if (response.status === 500 && call === operation) await fetch(again);
    return response;
  });

/** Faults in how internal errors are handled. */
export const internalErrorFaults: readonly FaultyServer[] = [
  onWire(
    'errors/blames-caller',
    'LG-ERR-020',
    'blames the caller for its own failures',
    onResponse('all', (answer) => {
      if (answer.status !== 500) return;
      answer.status = 400;
      answer.body = { error: { code: 'invalid_body', message: 'Something is wrong.' } };
    }),
  ),
  onWire(
    'errors/nothing-on-failure',
    'LG-ERR-020',
    'answers an empty list of flows where it fails',
    onResponse(['listFlows'], (answer) => {
      if (answer.status !== 500) return;
      answer.status = 200;
      answer.body = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
    }),
  ),
  onWire(
    'errors/code-of-exception',
    'LG-ERR-020',
    'tells its failures by the name of the exception',
    onResponse('all', (answer) => {
      if (answer.status !== 500) return;
      answer.body = { error: { code: 'TypeError', message: 'x is undefined' } };
    }),
  ),
  faultyServer(
    'errors/created-twice',
    'LG-ERR-021',
    'creates a dossier and then fails, and creates another when it is asked again',
    executeDespiteFailure('createDossier'),
  ),
  faultyServer(
    'errors/noted-twice',
    'LG-ERR-021',
    'adds a note and then fails, and adds another when it is asked again',
    executeDespiteFailure('createDossierNote'),
  ),
  faultyServer(
    'errors/contact-left-over',
    'LG-ERR-021',
    'leaves the contact of a dossier whose creation failed',
    onIncoming(() => async ({ request, operation }, fetch) => {
      const { url, headers } = request;
      const { method, body } = { method: 'POST', body: await request.clone().text() };
      const response = await fetch(request);
      if (response.status !== 500 || operation !== 'createDossier') return response;
      const { name } = JSON.parse(body) as { name: string };
      const contact = JSON.stringify({ full_name: name, kind: ['candidate'] });
      const address = url.replace(/dossiers$/, 'contacts');
      await fetch(new Request(address, { method, headers, body: contact }));
      return response;
    }),
  ),
];
