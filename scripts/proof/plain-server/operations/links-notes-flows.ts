import { type Call, found, made, type Operation } from '../core/call.ts';
import { isUuid } from '../core/installation.ts';
import {
  type Contact,
  type Dossier,
  type Link,
  type Note,
  type Organization,
  type Role,
  roles,
  types,
} from '../core/records.ts';
import { conflict, invalid, notFound, undocumentedRefusal } from '../core/refusals.ts';
import { addLink, promoteAnother, removeLink } from '../core/state.ts';
import { showFlow, showLink, showLinked, showNote, showStage } from '../core/views.ts';
import {
  checkFields,
  demand,
  demandText,
  demandUuid,
  oneOf,
  readFlag,
  sameId,
} from '../values/scalars.ts';
import { byId, first, page, readFilter } from './lists.ts';
import { listedParts, openDossier, theFlow } from './lookup.ts';

export const listDossierContacts: Operation = (call) => {
  const { links } = listedParts(call, openDossier(call, false));
  const { takes } = call.installation;
  const items = takes('LG-LNK-009', 1)
    ? links.toReversed()
    : first(links, ({ is_primary }) => is_primary);
  return page(call, items, (link) => showLinked(call, link), { unpaged: takes('LG-LNK-008', 1) });
};

export const linkDossierContact: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, changes } = call;
  const draft = readLink(call);
  const existing = dossier.links.find((link) => isSameLink(call, link, draft));
  if (existing) checkRepeated(call, draft);
  if (existing && installation.takes('LG-LNK-025', 4))
    return made(showLink(call, dossier, existing));
  const is_primary = draft.is_primary ?? isPrimaryByDefault(call, dossier, draft, existing);
  if (existing) removeLink(dossier, existing);
  const storedRole = is_primary && installation.takes('LG-LNK-018', 1) ? 'primary' : draft.role;
  const link = { contact: draft.contact, role: storedRole, is_primary };
  changes.push({ what: 'linked', dossier });
  return made(showLink(call, dossier, addLink(installation, dossier, link)));
};

interface LinkDraft {
  readonly contact: Contact;
  readonly role: Role;
  readonly is_primary: boolean | undefined;
}

const readLink = ({ installation, organization, body }: Call): LinkDraft => {
  checkFields(installation, body, ['contact_id', 'role_on_dossier', 'is_primary']);
  for (const name of ['contact_id', 'role_on_dossier']) {
    if (body[name] == null) throw invalid(installation, `${name} is missing`);
  }
  const role = oneOf(installation, body['role_on_dossier'], roles, 'role_on_dossier');
  const is_primary = readFlag(installation, body['is_primary'], 'is_primary');
  const id = demandUuid(installation, body['contact_id'], 'contact_id');
  const absent = () =>
    installation.takes('LG-LNK-013', 1)
      ? undocumentedRefusal(installation, 'contact_id is unknown', 'unknown_contact')
      : notFound(installation, 'Contact', id);
  const list = ({ contacts }: Organization) => contacts;
  const contact = demand(installation, organization, id, { list, name: 'Contact', absent });
  if (is_primary && role !== 'primary' && installation.takes('LG-LNK-018', 2)) {
    throw invalid(installation, 'a primary contact has the role primary');
  }
  return { contact, role, is_primary };
};

/** Whether a link is the same as a new one; with LG-LNK-026 a contact has a link for each role. */
const isSameLink = ({ installation }: Call, link: Link, { contact, role }: LinkDraft): boolean =>
  link.contact === contact && (!installation.takes('LG-LNK-026', 1) || link.role === role);

/** @throws Refusal if a contact can't be linked again (LG-LNK-025) */
const checkRepeated = ({ installation }: Call, { contact }: LinkDraft): void => {
  if (installation.takes('LG-LNK-025', 2)) {
    throw conflict(installation, 'already_linked', 'The contact is linked already.');
  }
  if (installation.takes('LG-LNK-025', 3)) {
    throw undocumentedRefusal(installation, `${contact.id} is linked already`, 'already_linked');
  }
};

/** Whether a link without `is_primary` becomes the primary one (LG-LNK-017, LG-LNK-025). */
const isPrimaryByDefault = (
  { installation: { takes } }: Call,
  { links }: Dossier,
  { role }: LinkDraft,
  existing: Link | undefined,
): boolean => {
  if (existing && takes('LG-LNK-025', 1)) return existing.is_primary;
  const free = !links.some(({ is_primary }) => is_primary);
  if (takes('LG-LNK-017', 1) && role === 'primary' && free) return true;
  return takes('LG-LNK-017', 2) && links.length === 0;
};

export const unlinkDossierContact: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, organization, path, changes } = call;
  const id = path['contact_id'] ?? '';
  const links = dossier.links.filter(({ contact }) => sameId(contact.id, id));
  const [link] = links;
  if (!link && !isUuid(id) && installation.takes('LG-GEN-048', 1)) {
    throw undocumentedRefusal(installation, 'the id of the contact is malformed', 'malformed_id');
  }
  if (!link) {
    const contact = organization.contacts.find((one) => sameId(one.id, id));
    const isDone = contact && installation.takes('LG-LNK-030', 1);
    if (!isDone) throw notFound(installation, 'Link', id);
    return found({ dossier_id: dossier.id, contact_id: contact.id, unlinked: true });
  }
  for (const one of links) removeLink(dossier, one);
  const primary = links.some(({ is_primary }) => is_primary);
  if (primary && installation.takes('LG-LNK-031', 1)) promoteAnother(dossier);
  changes.push({ what: 'linked', dossier });
  return found({ dossier_id: dossier.id, contact_id: link.contact.id, unlinked: true });
};

export const listDossierNotes: Operation = (call) => {
  const dossier = openDossier(call, false);
  const { notes: all } = listedParts(call, dossier);
  const { takes } = call.installation;
  const notes = takes('LG-NOT-003', 1) ? all.toSorted(byCreation(takes('LG-GEN-009', 1))) : all;
  const unpaged = takes('LG-NOT-006', 1);
  return page(call, notes, (note) => showNote(call, dossier, note), { unpaged });
};

/** Compares notes, oldest first; notes with the same timestamp by their ids. */
const byCreation = (precise: boolean) => {
  const shown = ({ createdAt }: Note): number => Math.floor(createdAt / (precise ? 1 : 1_000));
  return (one: Note, other: Note): number => shown(one) - shown(other) || byId(one, other);
};

export const createDossierNote: Operation = (call) => {
  const dossier = openDossier(call, true);
  const { installation, body, changes } = call;
  checkFields(installation, body, ['content', 'is_internal']);
  const content = demandText(installation, body, 'content', installation.takes('LG-NOT-010', 1));
  if (content === '') throw invalid(installation, 'content is empty');
  const is_internal = readFlag(installation, body['is_internal'], 'is_internal') ?? true;
  const id = installation.ids.looseId();
  const note: Note = { id, content, is_internal, createdAt: installation.now() };
  dossier.notes.push(note);
  changes.push({ what: 'noted', dossier, note });
  return made(showNote(call, dossier, note));
};

export const listFlows: Operation = (call) => {
  const { installation, organization, query } = call;
  const passes = readFilter(installation, query, 'type', types);
  const ordered = installation.takes('LG-FLO-008', 1)
    ? organization.flows.toSorted(byId)
    : first(organization.flows, ({ is_default }) => is_default);
  const items = ordered.filter(({ type }) => passes(type));
  return page(call, items, (flow) => showFlow(call, flow), { maximum: 'LG-FLO-007' });
};

export const listFlowStages: Operation = (call) => {
  const { stages } = theFlow(call);
  const show = (stage: (typeof stages)[number]) => showStage(call, stage, true);
  if (call.installation.takes('LG-FLO-020', 1)) return page(call, stages, show);
  const { length } = stages;
  const meta = { total: length, page: 1, per_page: length };
  return { status: 200, body: { data: stages.map(show), meta } };
};
