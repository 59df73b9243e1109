import fc from 'fast-check';
import type { Contract } from '../../../openapi/contract.ts';
import { expectEqual } from '../../world/expectations.ts';
import { asPrimary, rolesOnDossier, type NewLink, type Role } from '../../world/links.ts';
import { dataOf } from '../../world/organization.ts';
import { ordinal, untouched, type Command } from '../command.ts';
import { reasonsAgainstWork } from '../oracle/dossiers.ts';
import { linked, linkedAgain, unlinked } from '../oracle/links.ts';
import type { DossierFacts } from '../oracle/oracle.ts';
import { attempt, pick, type Session } from '../session.ts';
import { aContactNumber } from './contacts.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossiers.ts';

/** In which role a contact is linked; `primary` is both the role and the place. */
export type LinkWish = Pick<NewLink, 'role_on_dossier' | 'is_primary'>;

const wording = ({ role_on_dossier, is_primary }: LinkWish): string =>
  is_primary ? 'as primary' : `as ${role_on_dossier}`;

/** Those of the organisation who aren't on the dossier. */
const strangersTo = ({ oracle }: Session, { links }: DossierFacts): string[] =>
  [...oracle.contacts.keys()].filter((id) => !links.has(id));

/** Those who were on the dossier, and still are of the organisation. */
const formerOn = (session: Session, dossier: DossierFacts): string[] =>
  strangersTo(session, dossier).filter((id) => dossier.former.has(id));

const linkOneOf =
  (called: string, candidates: typeof strangersTo) =>
  (number: number, contact: number, wish: LinkWish): Command =>
    onDossier(
      `link ${called} ${ordinal(contact)} to dossier ${ordinal(number)} ${wording(wish)}`,
      number,
      async (session, dossier) => {
        const contact_id = pick(candidates(session, dossier), contact);
        if (contact_id === undefined) return untouched;
        const shown = await link(session, dossier, { contact_id, ...wish });
        if (!shown) return untouched;
        const { role_on_dossier: role, is_primary: primary = false } = wish;
        linked(session.oracle, dossier, contact_id, { role, primary });
        const known = dossier.links.get(contact_id)?.primary;
        if (session.aspects.has('primaries') && known !== undefined) {
          expectEqual(shown['is_primary'], known, 'is_primary in the answer');
        }
        return touchedBy(dossier);
      },
    );

/** Links a contact that isn't on the dossier. */
const linkContact = linkOneOf('stranger', strangersTo);

/** Links a contact to a dossier that it was taken off. */
const linkFormer = linkOneOf('former contact', formerOn);

/** Links a contact anew that is on the dossier already: only decisions tell what follows. */
const linkAgain = (number: number, contact: number, wish: LinkWish): Command =>
  onDossier(
    `link contact ${ordinal(contact)} of dossier ${ordinal(number)} again ${wording(wish)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick([...dossier.links.keys()], contact);
      if (contact_id === undefined) return untouched;
      const shown = await link(session, dossier, { contact_id, ...wish });
      const { role_on_dossier: role, is_primary: primary = false } = wish;
      if (shown) linkedAgain(session.oracle, dossier, contact_id, { role, primary });
      return touchedBy(dossier);
    },
  );

const link = async (session: Session, dossier: DossierFacts, body: NewLink) => {
  const excuses = reasonsAgainstWork(session.oracle, dossier);
  const request = { path: { id: dossier.id }, body };
  const exchange = await attempt(session, 'linkDossierContact', request, excuses);
  return exchange && (dataOf(exchange.json) as Record<string, unknown>);
};

/** Takes a contact off a dossier that it is on. */
const unlinkContact = (number: number, contact: number): Command =>
  onDossier(
    `unlink contact ${ordinal(contact)} of dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick([...dossier.links.keys()], contact);
      if (contact_id === undefined) return untouched;
      const request = { path: { id: dossier.id, contact_id } };
      const excuses = reasonsAgainstWork(session.oracle, dossier);
      const exchange = await attempt(session, 'unlinkDossierContact', request, excuses);
      const touched = touchedBy(dossier);
      if (exchange) unlinked(session.oracle, dossier, contact_id);
      return touched;
    },
  );

/** Takes somebody off a dossier who isn't on it: refused or not (LG-LNK-030), nothing changes. */
const unlinkStranger = (number: number, contact: number): Command =>
  onDossier(
    `unlink stranger ${ordinal(contact)} from dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick(strangersTo(session, dossier), contact);
      if (contact_id === undefined) return untouched;
      const request = { path: { id: dossier.id, contact_id } };
      const excuses = [404, ...reasonsAgainstWork(session.oracle, dossier)];
      await attempt(session, 'unlinkDossierContact', request, excuses);
      return { ...touchedBy(dossier), contacts: [contact_id] };
    },
  );

const roles = (contract: Contract): Role[] =>
  rolesOnDossier(contract).filter((role) => role !== asPrimary.role_on_dossier);

/** A role without the primary place, or both: what one without the other means is a decision. */
const aWish = (contract: Contract): fc.Arbitrary<LinkWish> =>
  fc.oneof(
    fc.constant(asPrimary),
    fc.constantFrom(...roles(contract)).map((role_on_dossier) => ({ role_on_dossier })),
    fc
      .constantFrom(...roles(contract))
      .map((role_on_dossier) => ({ role_on_dossier, is_primary: false })),
  );

type LinkCommand = (number: number, contact: number, wish: LinkWish) => Command;

const aLinkBy = (contract: Contract, make: LinkCommand): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), aContactNumber(), aWish(contract))
    .map(([number, contact, wish]) => make(number, contact, wish));

/** A link of a contact that isn't on the dossier, often one that was. */
export const aLink = (contract: Contract): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 3, arbitrary: aLinkBy(contract, linkContact) },
    { weight: 2, arbitrary: aLinkBy(contract, linkFormer) },
  );

export const aRepeatedLink = (contract: Contract) => aLinkBy(contract, linkAgain);

const onBoth = (make: (number: number, contact: number) => Command): fc.Arbitrary<Command> =>
  fc.tuple(aDossierNumber(), aContactNumber()).map(([number, contact]) => make(number, contact));

export const anUnlinking = () => onBoth(unlinkContact);

export const aVainUnlinking = () => onBoth(unlinkStranger);
