import { isForm } from '../../../../../conformance/liars/forms.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import type { Liar } from '../../../../../conformance/rule.ts';
import { dossierStatuses } from '../../../../../conformance/world/dossier-types.ts';
import { misreadJson } from '../../bend/json.ts';
import { bendSent } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Sends a form that was refused once more, without its flow. */
const forgetFlow: Liar = (fetch, name) => async (request) => {
  const again = request.clone();
  const response = await fetch(request);
  const isCreation = name(request.method, request.url) === 'createDossier' && isForm(request);
  if (!isCreation || response.status !== 404) return response;
  // Discouraged for servers, which don't know who sends what; here the suite itself does.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const form = await again.clone().formData();
  if (!form.has('flow_id')) return response;
  form.delete('flow_id');
  const headers = new Headers(again.headers);
  headers.delete('content-type');
  return fetch(new Request(again.url, { method: 'POST', headers, body: form }));
};

/** Values that are taken for others. */
export const misreadings: readonly Fault[] = [
  onWire(
    'dossiers/inherited-types',
    'LG-DOS-029',
    'looks a type up in an object, and finds what every object has',
    onSent(['createDossier'], (body) =>
      typeof body['type'] === 'string' && body['type'] in {}
        ? { ...body, type: 'candidate' }
        : body,
    ),
  ),
  fault(
    'dossiers/parts-of-statuses',
    'LG-DOS-079',
    'looks for a status within the list of all, and finds parts of one',
    ({ contract }) => ({
      wire: onSent(['updateDossier'], (body) => {
        const { status } = body;
        if (typeof status !== 'string' || status === '') return body;
        const found = dossierStatuses(contract).find((one) => one.includes(status));
        return { ...body, status: found ?? status };
      }),
    }),
  ),
  inHandlers(
    'dossiers/nought-for-a-company',
    'LG-DOS-035',
    'takes the text 0 for no company',
    bendSent(['createDossier'], (sent) => ({
      ...sent,
      ...(sent['company'] === '0' && { company: null }),
    })),
  ),
  onWire(
    'dossiers/exponents-overlooked',
    'LG-DOS-040',
    'reads an amount up to its exponent',
    misreadJson((json) => json.replace(/("deal_size":\s*[\d.]+)e\+?\d+/i, '$1')),
  ),
  onWire(
    'dossiers/unknown-flow-of-a-form',
    'LG-DOS-026',
    'takes the default flow where it does not find that of a form',
    forgetFlow,
  ),
];
