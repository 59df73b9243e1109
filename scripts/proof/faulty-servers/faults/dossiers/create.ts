import { dossierStatuses } from '../../../../../conformance/contract/resources.ts';
import { isForm } from '../../../../../conformance/faults/files.ts';
import {
  type Fault,
  onData,
  onJsonBody,
  onResponse,
} from '../../../../../conformance/faults/inject.ts';
import { linkFirstContact } from '../../../../../reference-server/contacts/links.ts';
import { invalid, notFound } from '../../../../../reference-server/http/refusals.ts';
import {
  type FaultyServer,
  faultyServer,
  type Handlers,
  inHandlers,
  onWire,
} from '../../faulty-server.ts';
import {
  beforeOperation,
  changeBody,
  changeCall,
  changeReply,
  flowOf,
  type Item,
  rewriteDossier,
} from '../../inject/handlers.ts';
import { changeJson } from '../../inject/requests.ts';
import {
  byNaturalText,
  byNumber,
  byText,
  rememberStageOrder,
  reversed,
  type SortOrder,
} from '../../inject/sort-orders.ts';

/** Faults in whether a dossier is created, and in its initial state. */
export const dossierCreationFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/id-of-contact',
    'LG-DOS-019',
    'answers a creation with the id of the contact that came with it',
    changeReply('createDossier', ({ data }, { organization }) => {
      const link = organization.links.by('dossier', data.id).at(0);
      if (link) data.id = link.contact_id;
    }),
  ),
  faultyServer(
    'dossiers/known-at-second-look',
    'LG-DOS-019',
    'looks for a new dossier in a copy that lags behind by one reading',
    ({ own }) => {
      const copied = new Set<string>();
      const replace = beforeOperation('getDossier', ({ params: { id = '' } }) => {
        if (copied.has(id)) return;
        copied.add(id);
        throw notFound('Dossier');
      });
      return { handlers: replace(own) };
    },
  ),
  inHandlers(
    'dossiers/won-from-the-start',
    'LG-DOS-021',
    'takes a sale with an amount for a sale that is won',
    changeReply('createDossier', ({ data }, { organization }) => {
      if (data.deal_size === null || data.deal_size === undefined) return;
      data.status = 'won';
      rewriteDossier(organization, data.id, { status: 'won' });
    }),
  ),
  inHandlers(
    'dossiers/lost-with-cv',
    'LG-DOS-021',
    'creates dossiers with a file as lost',
    changeReply('createDossier', ({ data }, { organization, files }) => {
      if (!files.has('cv')) return;
      data.status = 'lost';
      rewriteDossier(organization, data.id, { status: 'lost' });
    }),
  ),
  inHandlers(
    'dossiers/unknown-flow-for-default',
    'LG-DOS-026',
    'takes the default flow where it does not find the one that was named',
    changeCall('createDossier', ({ body, organization }) =>
      body.flow_id && !organization.flows.get(body.flow_id)
        ? { body: { ...body, flow_id: undefined } }
        : {},
    ),
  ),
  faultyServer(
    'dossiers/foreign-flow-by-name',
    'LG-DOS-026',
    'takes the own default flow for that of another organisation',
    ({ own, state }) => {
      const replace = changeCall('createDossier', ({ body, organization }) => {
        const foreign = [...state.organizations.rows].some(
          ({ id, flows }) => id !== organization.id && flows.get(body.flow_id ?? ''),
        );
        return foreign ? { body: { ...body, flow_id: undefined } } : {};
      });
      return { handlers: replace(own) };
    },
  ),
  onWire(
    'dossiers/name-of-contact-person',
    'LG-DOS-030',
    'names a sale after the contact person where it has no name',
    onJsonBody(['createDossier'], ({ name, ...body }) => ({
      ...body,
      ...((name ?? body['contact_person']) !== undefined && {
        name: name ?? body['contact_person'],
      }),
    })),
  ),
  onWire(
    'dossiers/name-in-title-case',
    'LG-DOS-030',
    'begins each word of a name with a capital',
    onJsonBody(['createDossier'], (body) =>
      typeof body['name'] === 'string'
        ? { ...body, name: body['name'].replace(/(?<=^| )\p{Ll}/gu, (one) => one.toUpperCase()) }
        : body,
    ),
  ),
  onWire(
    'dossiers/name-of-255-characters',
    'LG-DOS-030',
    'cuts a name off at 255 characters',
    onJsonBody(['createDossier'], (body) =>
      typeof body['name'] === 'string' ? { ...body, name: body['name'].slice(0, 255) } : body,
    ),
  ),
  onWire(
    'dossiers/nameless-with-email',
    'LG-DOS-030',
    'names a dossier after its address where it has no name',
    onJsonBody(['createDossier'], ({ name, ...body }) => ({
      ...body,
      ...((name ?? body['email']) !== undefined && { name: name ?? body['email'] }),
    })),
  ),
  inHandlers(
    'dossiers/newest-contact-linked',
    'LG-DOS-052',
    'links the contact that was created last',
    changeCall('createDossier', ({ body, organization }) =>
      body.contact_id
        ? { body: { ...body, contact_id: organization.contacts.rows.at(-1)?.id } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/known-contact-for-address',
    'LG-DOS-052',
    'links whoever has the address of the dossier, not the contact that was given',
    changeReply('createDossier', ({ data }, { organization, body }) => {
      const { contacts, links } = organization;
      const holder = body.email ? contacts.by('email', body.email.toLowerCase()).at(0) : undefined;
      if (!body.contact_id || !holder) return;
      links.remove(`${data.id}/${body.contact_id}`);
      linkFirstContact(organization, data.id, holder.id);
    }),
  ),
  inHandlers(
    'dossiers/contact-once-only',
    'LG-DOS-052',
    'refuses a contact that is on another dossier already',
    beforeOperation('createDossier', ({ body, organization }) => {
      const linked = organization.links.by('contact', String(body['contact_id']));
      if (linked.length > 0) throw invalid('contact_id is on another dossier.');
    }),
  ),
  onWire(
    'dossiers/latest-for-any',
    'LG-DOS-065',
    'retrieves the dossier that was created last',
    (fetch, name) => {
      let last: unknown;
      const look = onData(['createDossier'], (dossier) => {
        last = { ...dossier };
      })(fetch, name);
      return onResponse(['getDossier'], (answer) => {
        if (answer.status < 300) answer.body = { data: last };
      })(look, name);
    },
  ),
];

/** Starts dossiers in the stage of the default flow that comes first in this order. */
const startInFirstBy = (order: SortOrder): ((own: Handlers) => Partial<Handlers>) =>
  changeReply('createDossier', ({ data }, { organization, body }) => {
    if (body.flow_id !== undefined) return;
    const { stages } = flowOf(organization, data as { flow_id: string });
    const [first] = [...(stages as unknown as Item[])].sort(order);
    if (!first) return;
    const current_stage_id = String(first['id']);
    data.current_stage_id = current_stage_id;
    rewriteDossier(organization, data.id, { current_stage_id });
  });

const keys: readonly (readonly [id: string, does: string, order: SortOrder])[] = [
  ['last-by-name', 'the last one of the alphabet', reversed(byText('name'))],
  ['first-by-numbered-name', 'the one with the smallest number in its name', byNaturalText('name')],
  ['first-by-id', 'the one with the smallest id', byText('id')],
  ['first-by-text-of-position', 'the one with the first position as text', byText('position')],
  ['first-by-chance', 'the one with the smallest chance', byNumber('win_probability')],
  ['first-by-deadline', 'the one with the shortest deadline', byNumber('deadline_days')],
  ['last-by-position', 'the one with the greatest position', reversed(byNumber('position'))],
];

/** Dossiers that don't start in the stage with the lowest position. */
export const firstStageFaults: readonly FaultyServer[] = [
  ...keys.map(([id, does, order]) =>
    faultyServer(`dossiers/${id}`, 'LG-DOS-023', `starts in ${does}`, ({ own }) => ({
      handlers: startInFirstBy(order)(own),
    })),
  ),
  ...[false, true].map((last) =>
    faultyServer(
      `dossiers/${last ? 'last' : 'first'}-as-stored`,
      'LG-DOS-023',
      `starts in the stage of the flow that was made ${last ? 'last' : 'first'}`,
      ({ own }) => {
        const { control, asGiven } = rememberStageOrder();
        return { control, handlers: startInFirstBy(last ? reversed(asGiven) : asGiven)(own) };
      },
    ),
  ),
];

/** Sends a form that was refused with 404 again, without its flow. */
const retryWithoutFlow: Fault = (fetch, name) => async (request) => {
  const again = request.clone();
  const response = await fetch(request);
  const isCreation = name(request.method, request.url) === 'createDossier' && isForm(request);
  if (!isCreation || response.status !== 404) return response;
  // Deprecated because of untrusted clients; here the suite is the client.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const form = await again.clone().formData();
  if (!form.has('flow_id')) return response;
  form.delete('flow_id');
  const headers = new Headers(again.headers);
  headers.delete('content-type');
  return fetch(new Request(again.url, { method: 'POST', headers, body: form }));
};

/** Values that are mistaken for others. */
export const dossierMisreadingFaults: readonly FaultyServer[] = [
  onWire(
    'dossiers/inherited-types',
    'LG-DOS-029',
    'looks a type up in an object, and finds what every object has',
    onJsonBody(['createDossier'], (body) =>
      typeof body['type'] === 'string' && body['type'] in {}
        ? { ...body, type: 'candidate' }
        : body,
    ),
  ),
  faultyServer(
    'dossiers/parts-of-statuses',
    'LG-DOS-079',
    'looks for a status within the list of all, and finds parts of one',
    ({ contract }) => ({
      wire: onJsonBody(['updateDossier'], (body) => {
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
    changeBody(['createDossier'], (sent) => ({
      ...sent,
      ...(sent['company'] === '0' && { company: null }),
    })),
  ),
  onWire(
    'dossiers/exponents-overlooked',
    'LG-DOS-040',
    'reads an amount up to its exponent',
    changeJson((json) => json.replace(/("deal_size":\s*[\d.]+)e\+?\d+/i, '$1')),
  ),
  onWire(
    'dossiers/unknown-flow-of-a-form',
    'LG-DOS-026',
    'takes the default flow where it does not find that of a form',
    retryWithoutFlow,
  ),
];
