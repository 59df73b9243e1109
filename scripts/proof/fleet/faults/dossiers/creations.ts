import { onAnswer, onData } from '../../../../../conformance/liars/answers.ts';
import { onSent } from '../../../../../conformance/liars/requests.ts';
import { invalid, notFound } from '../../../../../reference-server/http/refusal.ts';
import { linkFirstContact } from '../../../../../reference-server/links/rules.ts';
import { rewrite } from '../../bend/dossiers.ts';
import { bendAsked, bendReply } from '../../bend/replies.ts';
import { before } from '../../bend/shown.ts';
import { fault, inHandlers, onWire, type Fault } from '../../fault.ts';

/** Whether a dossier comes into being, and in what state. */
export const creations: readonly Fault[] = [
  inHandlers(
    'dossiers/id-of-contact',
    'LG-DOS-019',
    'answers a creation with the id of the contact that came with it',
    bendReply('createDossier', ({ data }, { organization }) => {
      const link = organization.links.by('dossier', data.id).at(0);
      if (link) data.id = link.contact_id;
    }),
  ),
  fault(
    'dossiers/known-at-second-look',
    'LG-DOS-019',
    'looks for a new dossier in a copy that lags behind by one reading',
    ({ own }) => {
      const copied = new Set<string>();
      const replace = before('getDossier', ({ params: { id = '' } }) => {
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
    bendReply('createDossier', ({ data }, { organization }) => {
      if (data.deal_size === null || data.deal_size === undefined) return;
      data.status = 'won';
      rewrite(organization, data.id, { status: 'won' });
    }),
  ),
  inHandlers(
    'dossiers/lost-with-cv',
    'LG-DOS-021',
    'creates dossiers with a file as lost',
    bendReply('createDossier', ({ data }, { organization, files }) => {
      if (!files.has('cv')) return;
      data.status = 'lost';
      rewrite(organization, data.id, { status: 'lost' });
    }),
  ),
  inHandlers(
    'dossiers/unknown-flow-for-default',
    'LG-DOS-026',
    'takes the default flow where it does not find the one that was named',
    bendAsked('createDossier', ({ body, organization }) =>
      body.flow_id && !organization.flows.get(body.flow_id)
        ? { body: { ...body, flow_id: undefined } }
        : {},
    ),
  ),
  fault(
    'dossiers/foreign-flow-by-name',
    'LG-DOS-026',
    'takes the own default flow for that of another organisation',
    ({ own, state }) => {
      const replace = bendAsked('createDossier', ({ body, organization }) => {
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
    onSent(['createDossier'], ({ name, ...body }) => ({
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
    onSent(['createDossier'], (body) =>
      typeof body['name'] === 'string'
        ? { ...body, name: body['name'].replace(/(?<=^| )\p{Ll}/gu, (one) => one.toUpperCase()) }
        : body,
    ),
  ),
  onWire(
    'dossiers/name-of-255-characters',
    'LG-DOS-030',
    'cuts a name off at 255 characters',
    onSent(['createDossier'], (body) =>
      typeof body['name'] === 'string' ? { ...body, name: body['name'].slice(0, 255) } : body,
    ),
  ),
  onWire(
    'dossiers/nameless-with-email',
    'LG-DOS-030',
    'names a dossier after its address where it has no name',
    onSent(['createDossier'], ({ name, ...body }) => ({
      ...body,
      ...((name ?? body['email']) !== undefined && { name: name ?? body['email'] }),
    })),
  ),
  inHandlers(
    'dossiers/newest-contact-linked',
    'LG-DOS-052',
    'links the contact that was created last',
    bendAsked('createDossier', ({ body, organization }) =>
      body.contact_id
        ? { body: { ...body, contact_id: organization.contacts.rows.at(-1)?.id } }
        : {},
    ),
  ),
  inHandlers(
    'dossiers/known-contact-for-address',
    'LG-DOS-052',
    'links whoever has the address of the dossier, not the contact that was given',
    bendReply('createDossier', ({ data }, { organization, body }) => {
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
    before('createDossier', ({ body, organization }) => {
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
      return onAnswer(['getDossier'], (answer) => {
        if (answer.status < 300) answer.body = { data: last };
      })(look, name);
    },
  ),
];
