import { onAnswer } from '../../../../../conformance/liars/answers.ts';
import type { OperationId } from '../../../../../openapi/contract.ts';
import { onVisit } from '../../bend/visits.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

/** Does what it said that it failed to do. */
const doThough = (operation: OperationId): Fault['bend'] =>
  onVisit(() => async ({ request, operation: asked }, fetch) => {
    const again = request.clone();
    const response = await fetch(request);
    if (response.status === 500 && asked === operation) await fetch(again);
    return response;
  });

/** What becomes of requests that fail inside the server. */
export const inside: readonly Fault[] = [
  onWire(
    'errors/blames-caller',
    'LG-ERR-020',
    'blames the caller for its own failures',
    onAnswer('all', (answer) => {
      if (answer.status !== 500) return;
      answer.status = 400;
      answer.body = { error: { code: 'invalid_body', message: 'Something is wrong.' } };
    }),
  ),
  onWire(
    'errors/nothing-on-failure',
    'LG-ERR-020',
    'answers an empty list of flows where it fails',
    onAnswer(['listFlows'], (answer) => {
      if (answer.status !== 500) return;
      answer.status = 200;
      answer.body = { data: [], meta: { total: 0, page: 1, per_page: 25 } };
    }),
  ),
  onWire(
    'errors/code-of-exception',
    'LG-ERR-020',
    'tells its failures by the name of the exception',
    onAnswer('all', (answer) => {
      if (answer.status !== 500) return;
      answer.body = { error: { code: 'TypeError', message: 'x is undefined' } };
    }),
  ),
  fault(
    'errors/created-twice',
    'LG-ERR-021',
    'creates a dossier and then fails, and creates another when it is asked again',
    doThough('createDossier'),
  ),
  fault(
    'errors/noted-twice',
    'LG-ERR-021',
    'adds a note and then fails, and adds another when it is asked again',
    doThough('createDossierNote'),
  ),
  fault(
    'errors/contact-left-over',
    'LG-ERR-021',
    'leaves the contact of a dossier whose creation failed',
    onVisit(() => async ({ request, operation }, fetch) => {
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
