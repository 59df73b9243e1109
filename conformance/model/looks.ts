import type { OperationId } from '../../openapi/contract.ts';
import type { Exchange } from '../world/exchange.ts';
import type { LinkedContact } from '../world/links.ts';
import type { Note } from '../world/notes.ts';
import { dataOf } from '../world/organization.ts';
import { pageOf } from '../world/pages.ts';
import { isPermittedRefusal } from '../world/permitted-refusals.ts';
import { expectCount } from './oracle/counts.ts';
import { reasonsAgainstWork } from './oracle/dossiers.ts';
import { expectContact } from './oracle/shown-contact.ts';
import { expectDossier } from './oracle/shown-dossier.ts';
import { expectLinks, expectNames, expectPrimaries } from './oracle/shown-links.ts';
import { expectNotes } from './oracle/shown-notes.ts';
import type { DossierFacts } from './oracle/oracle.ts';
import type { Look, Session } from './session.ts';

/** The dossiers and contacts, by id, that a command may have changed. */
export interface Touched {
  readonly dossiers?: readonly string[];
  readonly contacts?: readonly string[];
}

/** All that can be looked at of what was touched, as far as the rule compares it. */
export const looksAt = (session: Session, { dossiers = [], contacts = [] }: Touched): Look[] => [
  ...dossiers.flatMap((id) => looksAtDossier(session, id)),
  ...contacts.flatMap((id) => looksAtContact(session, id)),
];

const looksAtDossier = (session: Session, id: string): Look[] => {
  const { aspects, oracle } = session;
  const dossier = oracle.dossiers.get(id);
  if (!dossier) return [];
  const looks: Look[] = [];
  if (aspects.has('fields')) looks.push(() => lookAtFields(session, dossier));
  if (aspects.has('links') || aspects.has('primaries')) {
    looks.push(() => lookAtLinks(session, dossier));
  }
  if (aspects.has('notes')) looks.push(() => lookAtNotes(session, dossier));
  return looks;
};

const looksAtContact = (session: Session, id: string): Look[] => {
  const { aspects } = session;
  return aspects.has('fields') || aspects.has('counts') ? [() => lookAtContact(session, id)] : [];
};

const lookAtFields = async (session: Session, dossier: DossierFacts): Promise<void> => {
  const exchange = await read(session, 'getDossier', dossier.id);
  expectDossier(dossier, dataOf(exchange.json) as Record<string, unknown>, 'the dossier by its id');
};

/** What an archived dossier has may be hidden until it is restored. */
const readPart = async (
  session: Session,
  operation: OperationId,
  dossier: DossierFacts,
): Promise<Exchange | undefined> => {
  const reasons = reasonsAgainstWork(session.oracle, dossier);
  const exchange = await session.observer.send(operation, { path: { id: dossier.id } });
  if (isPermittedRefusal(session.world, exchange, reasons)) return undefined;
  session.world.expect.success(exchange);
  return exchange;
};

const lookAtLinks = async (session: Session, dossier: DossierFacts): Promise<void> => {
  const { aspects, oracle } = session;
  const exchange = await readPart(session, 'listDossierContacts', dossier);
  if (!exchange) return;
  const shown = pageOf(exchange).items as unknown as LinkedContact[];
  if (aspects.has('links')) expectLinks(dossier, shown);
  if (aspects.has('primaries')) expectPrimaries(dossier, shown);
  if (aspects.has('fields')) expectNames(oracle, shown);
};

const lookAtNotes = async (session: Session, dossier: DossierFacts): Promise<void> => {
  const exchange = await readPart(session, 'listDossierNotes', dossier);
  if (exchange) expectNotes(dossier, pageOf(exchange).items as unknown as Note[]);
};

const lookAtContact = async (session: Session, id: string): Promise<void> => {
  const { aspects, oracle, observer, world } = session;
  const facts = oracle.contacts.get(id);
  if (!facts) {
    world.expect.refusal(await observer.send('getContact', { path: { id } }), 404);
    return;
  }
  const exchange = await read(session, 'getContact', id);
  const shown = dataOf(exchange.json) as Record<string, unknown>;
  if (aspects.has('fields')) expectContact(facts, shown, 'the contact by its id');
  if (aspects.has('counts')) expectCount(oracle, id, shown['dossier_count']);
};

const read = async (session: Session, operation: OperationId, id: string): Promise<Exchange> => {
  const exchange = await session.observer.send(operation, { path: { id } });
  session.world.expect.success(exchange);
  return exchange;
};
