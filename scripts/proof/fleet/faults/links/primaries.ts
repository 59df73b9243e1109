import { overtakeOneAnother } from '../../../../../conformance/liars/races.ts';
import type { Link } from '../../../../../reference-server/state/records.ts';
import { bendSent, bendShown, before, andThen } from '../../bend/shown.ts';
import { at, inHandlers, onWire, type Fault } from '../../fault.ts';

const linking = ['linkDossierContact'] as const;

/** What is wrong with the primary contacts of dossiers. */
export const primaries: readonly Fault[] = [
  inHandlers(
    'links/deciders-are-primary',
    'LG-LNK-016',
    'makes every decision maker the primary contact',
    bendSent(linking, (sent) => ({
      ...sent,
      is_primary: sent['is_primary'] === true || sent['role_on_dossier'] === 'decision_maker',
    })),
  ),
  inHandlers(
    'links/usurped-by-relinking',
    'LG-LNK-016',
    'gives who was primary once the place back',
    (own) => {
      const once = new Set<string>();
      return bendSent(linking, (sent, { params: { id = '' } }) => {
        const link = `${id}/${String(sent['contact_id'])}`;
        if (sent['is_primary'] === true) once.add(link);
        return { ...sent, is_primary: once.has(link) };
      })(own);
    },
  ),
  inHandlers(
    'links/primary-of-few',
    'LG-LNK-019',
    'makes nobody primary on a dossier with more than two contacts',
    bendSent(linking, (sent, { organization, params: { id = '' } }) => ({
      ...sent,
      is_primary: sent['is_primary'] === true && organization.links.by('dossier', id).length < 2,
    })),
  ),
  inHandlers(
    'links/primary-by-role-alone',
    'LG-LNK-019',
    'heeds is_primary with the role primary only',
    bendSent(linking, (sent) => ({
      ...sent,
      is_primary: sent['is_primary'] === true && sent['role_on_dossier'] === 'primary',
    })),
  ),
  inHandlers(
    'links/former-unlinked',
    'LG-LNK-020',
    'takes the primary contact off the dossier when another takes the place',
    before('linkDossierContact', ({ organization: { links }, params: { id = '' }, body }) => {
      const primary = links.by('primary', id).at(0);
      if (body['is_primary'] === true && primary && primary.contact_id !== body['contact_id']) {
        links.remove(primary.id);
      }
    }),
  ),
  inHandlers(
    'links/founders-stay-primary',
    'LG-LNK-020',
    'leaves the contact of a new dossier primary',
    (own) => {
      const founders = new Set<unknown>();
      const note = andThen('createDossier', ({ organization: { links } }, { id }) => {
        founders.add(links.by('dossier', String(id)).at(0)?.contact_id);
      });
      const show = bendShown(['listDossierContacts'], (item) => {
        if (founders.has(item['contact_id'])) item['is_primary'] = true;
      });
      return { ...note(own), ...show(own) };
    },
  ),
  inHandlers(
    'links/promoted-beside',
    'LG-LNK-021',
    'leaves the primary contact when another who is linked already takes the place',
    (own) => {
      const both = new Set<string>();
      const note = before(
        'linkDossierContact',
        ({ organization: { links }, params: { id = '' }, body }) => {
          const primary = links.by('primary', id).at(0);
          const link = links.get(`${id}/${String(body['contact_id'])}`);
          const promoted = link && body['is_primary'] === true && primary && primary.id !== link.id;
          if (promoted) both.add(primary.id);
        },
      );
      const show = bendShown(['listDossierContacts'], (item, { params: { id = '' } }) => {
        if (both.has(`${id}/${String(item['contact_id'])}`)) item['is_primary'] = true;
      });
      return { ...note(own), ...show(own) };
    },
  ),
  onWire(
    'links/primaries-race',
    'LG-LNK-021',
    'looks who is primary before it links, and lets others in between',
    overtakeOneAnother,
  ),
  inHandlers(
    'links/one-primary-place-each',
    'LG-LNK-022',
    'ends the place that a contact has elsewhere when it becomes primary here',
    before('linkDossierContact', ({ organization: { links }, params: { id = '' }, body }) => {
      if (body['is_primary'] !== true) return;
      for (const link of [...links.by('contact', String(body['contact_id']))]) {
        if (link.dossier_id !== id) links.replace({ ...link, is_primary: false });
      }
    }),
  ),
  inHandlers(
    'links/former-demoted-everywhere',
    'LG-LNK-022',
    'ends the place of the one before on other dossiers too',
    before('linkDossierContact', ({ organization: { links }, params: { id = '' }, body }) => {
      const primary = links.by('primary', id).at(0);
      if (body['is_primary'] !== true || !primary) return;
      for (const link of [...links.by('contact', primary.contact_id)]) {
        if (link.is_primary) links.replace({ ...link, is_primary: false });
      }
    }),
  ),
  inHandlers(
    'links/role-spreads',
    'LG-LNK-022',
    'gives a role that is changed to the links of the contact to other dossiers too',
    before('linkDossierContact', ({ organization: { links }, params: { id = '' }, body }) => {
      const contact = String(body['contact_id']);
      if (!links.get(`${id}/${contact}`)) return;
      const role_on_dossier = body['role_on_dossier'] as Link['role_on_dossier'];
      for (const link of [...links.by('contact', contact)])
        links.replace({ ...link, role_on_dossier });
    }),
  ),
  at(
    ['unlinkDossierContact'],
    inHandlers(
      'links/vacant-by-unlinking',
      'LG-LNK-019',
      'ends the primary place when anybody is taken off the dossier',
      andThen('unlinkDossierContact', ({ organization: { links }, params: { id = '' } }) => {
        const primary = links.by('primary', id).at(0);
        if (primary) links.replace({ ...primary, is_primary: false });
      }),
    ),
  ),
];
