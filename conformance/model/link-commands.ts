import fc from 'fast-check';
import type { Contract } from '../../openapi/contract.ts';
import { dataOf } from '../context/answers.ts';
import { expectEqual } from '../context/expectations.ts';
import { type LinkRole, type NewLink, rolesOnDossier } from '../contract/resources.ts';
import { primaryLink } from '../fixtures/links-and-notes.ts';
import { attempt, type Command, type ModelSession, ordinal, pick, untouched } from './command.ts';
import { aContactNumber } from './contact-commands.ts';
import { aDossierNumber, onDossier, touchedBy } from './dossier-commands.ts';
import { linked, linkedAgain, reasonsAgainstWork, unlinked } from './oracle-changes.ts';
import type { DossierFacts } from './oracle.ts';
import type { Part } from './subjects.ts';

/** The role of a link; `primary` means both the role and `is_primary`. */
export type LinkDraft = Pick<NewLink, 'role_on_dossier' | 'is_primary'>;

const linkWording = ({ role_on_dossier, is_primary }: LinkDraft): string =>
  is_primary ? 'as primary' : `as ${role_on_dossier}`;

/** The contacts of the organisation that aren't on the dossier. */
const unlinkedContactsOf = ({ oracle }: ModelSession, { links }: DossierFacts): string[] =>
  [...oracle.contacts.keys()].filter((id) => !links.has(id));

/** The contacts that were unlinked from the dossier and still exist. */
const formerContactsOf = (session: ModelSession, dossier: DossierFacts): string[] =>
  unlinkedContactsOf(session, dossier).filter((id) => dossier.former.has(id));

const linkOneOf =
  (called: string, candidates: typeof unlinkedContactsOf) =>
  (number: number, contact: number, wish: LinkDraft): Command =>
    onDossier(
      `link ${called} ${ordinal(contact)} to dossier ${ordinal(number)} ${linkWording(wish)}`,
      number,
      async (session, dossier) => {
        const contact_id = pick(candidates(session, dossier), contact);
        if (contact_id === undefined) return untouched;
        const shown = await linkCommand(session, dossier, { contact_id, ...wish });
        if (!shown) return untouched;
        const { role_on_dossier: role, is_primary: primary = false } = wish;
        linked(session.oracle, dossier, contact_id, { role, primary });
        const known = dossier.links.get(contact_id)?.primary;
        if (session.aspects.has('primaries') && known !== undefined) {
          session.say({ part: 'primary', place: 'the response', expected: known });
          expectEqual(shown['is_primary'], known, 'is_primary in the response');
        }
        return touchedBy(dossier);
      },
    );

/** Links a contact that isn't on the dossier. */
export const linkContactCommand = linkOneOf('stranger', unlinkedContactsOf);

/** Links a contact that was unlinked from the dossier before. */
export const linkFormer = linkOneOf('former contact', formerContactsOf);

/** Links a contact again that is already linked; the result is a decision. */
const linkAgain = (number: number, contact: number, wish: LinkDraft): Command =>
  onDossier(
    `link contact ${ordinal(contact)} of dossier ${ordinal(number)} again ${linkWording(wish)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick([...dossier.links.keys()], contact);
      if (contact_id === undefined) return untouched;
      const shown = await linkCommand(session, dossier, { contact_id, ...wish }, 'linkedAgain');
      const { role_on_dossier: role, is_primary: primary = false } = wish;
      if (shown) linkedAgain(session.oracle, dossier, contact_id, { role, primary });
      return touchedBy(dossier);
    },
  );

const linkCommand = async (
  session: ModelSession,
  dossier: DossierFacts,
  body: NewLink,
  part: Part = 'accepted',
) => {
  const permittedReasons = reasonsAgainstWork(session.oracle, dossier);
  const request = { path: { id: dossier.id }, body };
  const exchange = await attempt(session, 'linkDossierContact', request, permittedReasons, part);
  return exchange && (dataOf(exchange.json) as Record<string, unknown>);
};

/** Unlinks a contact from a dossier. */
export const unlinkContactCommand = (number: number, contact: number): Command =>
  onDossier(
    `unlink contact ${ordinal(contact)} of dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick([...dossier.links.keys()], contact);
      if (contact_id === undefined) return untouched;
      const request = { path: { id: dossier.id, contact_id } };
      const permittedReasons = reasonsAgainstWork(session.oracle, dossier);
      const exchange = await attempt(session, 'unlinkDossierContact', request, permittedReasons);
      const touched = touchedBy(dossier);
      if (exchange) unlinked(session.oracle, dossier, contact_id);
      return touched;
    },
  );

/** Unlinks a contact that isn't on the dossier: refused or not (LG-LNK-030), nothing changes. */
export const unlinkUnlinked = (number: number, contact: number): Command =>
  onDossier(
    `unlink contact ${ordinal(contact)}, not linked, from dossier ${ordinal(number)}`,
    number,
    async (session, dossier) => {
      const contact_id = pick(unlinkedContactsOf(session, dossier), contact);
      if (contact_id === undefined) return untouched;
      const request = { path: { id: dossier.id, contact_id } };
      const permittedReasons = [404, ...reasonsAgainstWork(session.oracle, dossier)];
      await attempt(session, 'unlinkDossierContact', request, permittedReasons);
      return { ...touchedBy(dossier), contacts: [contact_id] };
    },
  );

const roles = (contract: Contract): LinkRole[] =>
  rolesOnDossier(contract).filter((role) => role !== primaryLink.role_on_dossier);

/** A role without `is_primary`, or both: one without the other is a decision. */
const aWish = (contract: Contract): fc.Arbitrary<LinkDraft> =>
  fc.oneof(
    fc.constant(primaryLink),
    fc.constantFrom(...roles(contract)).map((role_on_dossier) => ({ role_on_dossier })),
    fc
      .constantFrom(...roles(contract))
      .map((role_on_dossier) => ({ role_on_dossier, is_primary: false })),
  );

type LinkCommand = (number: number, contact: number, wish: LinkDraft) => Command;

const aLinkBy = (contract: Contract, make: LinkCommand): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), aContactNumber(), aWish(contract))
    .map(([number, contact, wish]) => make(number, contact, wish));

/** A link of a contact that isn't on the dossier, often one that was before. */
export const aLink = (contract: Contract): fc.Arbitrary<Command> =>
  fc.oneof(
    { weight: 3, arbitrary: aLinkBy(contract, linkContactCommand) },
    { weight: 2, arbitrary: aLinkBy(contract, linkFormer) },
  );

export const aRepeatedLink = (contract: Contract) => aLinkBy(contract, linkAgain);

const onBoth = (make: (number: number, contact: number) => Command): fc.Arbitrary<Command> =>
  fc.tuple(aDossierNumber(), aContactNumber()).map(([number, contact]) => make(number, contact));

export const anUnlinking = () => onBoth(unlinkContactCommand);

export const aRefusedUnlinking = () => onBoth(unlinkUnlinked);
