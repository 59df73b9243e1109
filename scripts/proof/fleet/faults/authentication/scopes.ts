import { onAnswer } from '../../../../../conformance/liars/answers.ts';
import {
  asInsider,
  doThough,
  holderOf,
  jsonOf,
  letPass,
  onVisit,
  sendsForm,
} from '../../bend/visits.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

/** Lets in where a scope that the key holds passes for the one that is missing. */
const passFor = (alike: (missing: string, held: string) => boolean): Fault['bend'] =>
  letPass(
    ({ key, missing }) =>
      missing.length > 0 &&
      missing.every((one) => key?.scopes.some((held) => alike(one, held)) ?? false),
  );

const [resource, action] = [
  (scope: string) => scope.split(':')[0],
  (scope: string) => scope.split(':')[1],
];

/** What scopes open as a whole, and what is done although they open nothing. */
export const scopes: readonly Fault[] = [
  fault(
    'authentication/no-scope-is-all',
    'LG-AUT-018',
    'lets a key do everything for which no scope was picked',
    letPass(({ key }) => key?.scopes.length === 0),
  ),
  onWire(
    'authentication/forbidden-as-unknown',
    'LG-AUT-018',
    'says that something is not found where a scope is missing',
    onAnswer('all', (answer) => {
      if (answer.status !== 403) return;
      answer.status = 404;
      answer.body = { error: { code: 'not_found', message: 'Not found.' } };
    }),
  ),
  fault(
    'authentication/forms-unchecked',
    'LG-AUT-030',
    'looks for no scope where a form is sent',
    letPass((visit) => visit.key !== undefined && visit.missing.length > 0 && sendsForm(visit)),
  ),
  fault(
    'authentication/write-reads',
    'LG-AUT-019',
    'lets who may write something read it too',
    passFor((missing, held) => action(held) === 'write' && resource(missing) === resource(held)),
  ),
  fault(
    'authentication/one-reads-all',
    'LG-AUT-019',
    'lets who may read one resource read all of them',
    passFor((missing, held) => action(missing) === 'read' && action(held) === 'read'),
  ),
  fault(
    'authentication/first-of-two',
    'LG-AUT-019',
    'looks for the first scope alone where an operation needs two',
    letPass(
      ({ operation, missing, key }, { contract }) =>
        operation !== undefined &&
        missing.length > 0 &&
        key?.scopes.includes(contract.operations[operation].scopes[0] ?? '') === true,
    ),
  ),
  fault(
    'authentication/done-without-scope',
    'LG-AUT-020',
    'refuses notes for want of a scope, and adds them all the same',
    doThough(403, ({ operation }) => operation === 'createDossierNote'),
  ),
  fault(
    'authentication/done-without-key',
    'LG-AUT-020',
    'refuses who comes without a key, and unlinks the contact all the same',
    doThough(401, ({ operation }) => operation === 'unlinkDossierContact', holderOf),
  ),
  fault(
    'authentication/form-kept',
    'LG-AUT-020',
    'creates the dossier of a form before it looks for scopes',
    doThough(403, sendsForm),
  ),
  fault(
    'authentication/expired-but-done',
    'LG-AUT-020',
    'refuses expired keys, but does what they asked for',
    doThough(401, ({ key }) => key !== undefined),
  ),
  fault(
    'authentication/moves-open',
    'LG-AUT-033',
    'moves dossiers between stages for keys that may read flows',
    onVisit((ground) => async (visit, fetch) => {
      const moves = (await jsonOf(visit)).includes('current_stage_id');
      const { key, operation } = visit;
      const open = operation === 'updateDossier' && key?.scopes.includes('flows:read') === true;
      return fetch(
        open && moves && visit.organization
          ? asInsider(ground, visit.request, visit.organization)
          : visit.request,
      );
    }),
  ),
];
