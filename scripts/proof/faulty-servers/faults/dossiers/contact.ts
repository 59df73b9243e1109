import { linkFirstContact } from '../../../../../reference-server/contacts/links.ts';
import { addContact, findByEmail } from '../../../../../reference-server/contacts/rules.ts';
import { type FaultyServer, faultyServer, inHandlers } from '../../faulty-server.ts';
import { changeCall, changeReply } from '../../inject/handlers.ts';

/** Faults in the contacts that are linked when dossiers are created. */
export const dossierContactFaults: readonly FaultyServer[] = [
  inHandlers(
    'dossiers/contact-copied',
    'LG-DOS-053',
    'makes a contact beside the one that was given, which it links as it should',
    changeReply('createDossier', (_, { body, organization, clock, newId }) => {
      if (!body.contact_id) return;
      addContact(organization, { full_name: body.name, kind: [] }, { clock, newId });
    }),
  ),
  inHandlers(
    'dossiers/contact-for-address',
    'LG-DOS-053',
    'makes a contact for an address that nobody has, beside the one that was given',
    changeReply('createDossier', (_, { body, organization, clock, newId }) => {
      const { email, name } = body;
      if (!body.contact_id || !email || findByEmail(organization, email)) return;
      addContact(organization, { full_name: name, email, kind: [] }, { clock, newId });
    }),
  ),
  inHandlers(
    'dossiers/contact-for-contact-person',
    'LG-DOS-053',
    'makes a contact of the contact person, beside the one that was given',
    changeReply('createDossier', (_, { body, organization, clock, newId }) => {
      const { contact_id, contact_person: full_name } = body;
      if (!contact_id || !full_name) return;
      addContact(organization, { full_name, kind: [] }, { clock, newId });
    }),
  ),
  inHandlers(
    'dossiers/unknown-contact-made',
    'LG-DOS-054',
    'makes a contact where it does not find the one that was named',
    changeCall('createDossier', ({ body, organization }) =>
      body.contact_id && !organization.contacts.get(body.contact_id)
        ? { body: { ...body, contact_id: undefined } }
        : {},
    ),
  ),
  faultyServer(
    'dossiers/foreign-contact-copied',
    'LG-DOS-054',
    'copies a contact of another organisation',
    ({ own, state }) => {
      const replace = changeCall('createDossier', ({ body, organization, clock, newId }) => {
        const { contact_id = '' } = body;
        for (const { id, contacts } of state.organizations.rows) {
          const found = id === organization.id ? undefined : contacts.get(String(contact_id));
          if (!found) continue;
          const draft = { full_name: found.full_name, kind: found.kind };
          const copy = addContact(organization, draft, { clock, newId });
          return { body: { ...body, contact_id: copy.id } };
        }
        return {};
      });
      return { handlers: replace(own) };
    },
  ),
  faultyServer(
    'dossiers/deleted-contact-forgotten',
    'LG-DOS-054',
    'creates a dossier for nobody where the contact has been deleted',
    ({ own }) => {
      const deleted = new Set<string>();
      const replace = changeCall('createDossier', ({ body }) =>
        deleted.has(String(body.contact_id)) ? { body: { ...body, contact_id: undefined } } : {},
      );
      return {
        handlers: {
          ...replace(own),
          deleteContact: (request) => {
            const reply = own.deleteContact(request);
            deleted.add(request.params.id);
            return reply;
          },
        },
      };
    },
  ),
  inHandlers(
    'dossiers/contact-of-addressees-only',
    'LG-DOS-058',
    'makes a contact only where it has a way to reach one',
    (own) => ({
      createDossier: (request) => {
        const reply = own.createDossier(request);
        const { links, contacts } = request.organization;
        const { contact_id, email, phone } = request.body;
        const link = links.by('dossier', reply.body.data.id).at(0);
        if (contact_id || email || phone || !link) return reply;
        links.remove(link.id);
        contacts.remove(link.contact_id);
        return reply;
      },
    }),
  ),
  inHandlers(
    'dossiers/namesake-linked',
    'LG-DOS-058',
    'links whoever has the name already, and makes no contact',
    (own) => ({
      createDossier: (request) => {
        const { body, organization } = request;
        const { contacts } = organization;
        const namesake = [...contacts.rows].find(({ full_name }) => full_name === body.name);
        const known = body.contact_id || body.email ? undefined : namesake;
        return own.createDossier(
          known ? { ...request, body: { ...body, contact_id: known.id } } : request,
        );
      },
    }),
  ),
  inHandlers(
    'dossiers/phone-recognised',
    'LG-DOS-058',
    'links whoever has the phone number already, and makes no contact',
    (own) => ({
      createDossier: (request) => {
        const reply = own.createDossier(request);
        const { contacts, links } = request.organization;
        const { contact_id, email, phone } = request.body;
        const link = links.by('dossier', reply.body.data.id).at(0);
        const known = [...contacts.rows].find((one) => phone && one.phone === phone);
        if (contact_id || email || !link || !known || known.id === link.contact_id) return reply;
        links.remove(link.id);
        contacts.remove(link.contact_id);
        linkFirstContact(request.organization, reply.body.data.id, known.id);
        return reply;
      },
    }),
  ),
];
