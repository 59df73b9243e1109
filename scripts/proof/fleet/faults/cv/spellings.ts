import { refuse } from '../../../../../conformance/liars/access.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import { holderOf, letPass, sendsForm, type Visit } from '../../bend/visits.ts';
import { fault, onWire, type Fault } from '../../fault.ts';

/** Refuses forms in whose bytes there is something like this. */
const refuseWritten =
  (sight: RegExp): Liar =>
  (fetch, name) =>
  async (request) => {
    const isForm = request.headers.get('content-type')?.includes('form-data') ?? false;
    const text = isForm ? Buffer.from(await request.clone().arrayBuffer()).toString('latin1') : '';
    return refuse(400, 'invalid_body', () => sight.test(text))(fetch, name)(request);
  };

const isUpload = (visit: Visit) => visit.operation === 'uploadDossierCv' && sendsForm(visit);

const isValid = ({ key }: Visit) => key && (key.expires_at ?? Infinity) > Date.now();

/** Forms as other clients write them, and such as come from those who may not send them. */
export const spellings: readonly Fault[] = [
  onWire(
    'cv/quoted-boundary',
    'LG-CV-001',
    'takes the quotes around a boundary for part of it',
    refuse(400, 'invalid_body', ({ headers }) =>
      /boundary="/.test(headers.get('content-type') ?? ''),
    ),
  ),
  onWire(
    'cv/headers-in-small-letters',
    'LG-CV-001',
    'knows the headers of a part in capital and small letters only',
    refuseWritten(/content-disposition:/),
  ),
  onWire(
    'cv/fields-with-types',
    'LG-CV-004',
    'takes a field that has a type of its own for a file too many',
    refuseWritten(/Content-Type: text\/plain/i),
  ),
  onWire(
    'cv/disposition-first',
    'LG-CV-004',
    'reads the name of a field from the first line of its part only',
    refuseWritten(/\r\nContent-Type: [^\r]+\r\nContent-Disposition: form-data; name="\w+"\r\n/i),
  ),
  fault(
    'cv/forms-without-scope',
    'LG-AUT-035',
    'looks at no scope where a CV comes by a form',
    letPass((visit) => isUpload(visit) && isValid(visit) && visit.missing.length > 0),
  ),
  fault('cv/forms-for-others', 'LG-ERR-017', 'finds the dossiers of all for a form', (ground) =>
    letPass((visit) => {
      const holder = holderOf(visit, ground);
      return isUpload(visit) && visit.missing.length === 0 && isValid(visit) ? holder : undefined;
    })(ground),
  ),
  fault(
    'cv/forms-of-nobody',
    'LG-AUT-001',
    'asks for no key where a CV comes by a form',
    letPass((visit, ground) =>
      isUpload(visit) && visit.token === undefined ? holderOf(visit, ground) : undefined,
    ),
  ),
];
