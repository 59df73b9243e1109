import fc from 'fast-check';
import { anAmount } from '../../arbitraries/amount.ts';
import { aText } from '../../arbitraries/text.ts';
import type { Contract } from '../../../openapi/contract.ts';
import { dossierStatuses } from '../../world/dossier-types.ts';
import { dataOf } from '../../world/organization.ts';
import { command, ordinal, told, untouched, type Command } from '../command.ts';
import type { Touched } from '../looks.ts';
import { dossierChanged, reasonsAgainst } from '../oracle/dossiers.ts';
import { expectTold } from '../oracle/shown-dossier.ts';
import type { DossierFacts } from '../oracle/oracle.ts';
import { attempt, pick, type Session } from '../session.ts';

type Changes = Readonly<Record<string, unknown>>;

/** A command on the dossier with this number of those that were made. */
export const onDossier = (
  words: string,
  number: number,
  run: (session: Session, dossier: DossierFacts) => Promise<Touched>,
): Command =>
  command(words, async (session) => {
    const dossier = pick([...session.oracle.dossiers.values()], number);
    return dossier ? run(session, dossier) : untouched;
  });

/** All that a change of a dossier may have changed. */
export const touchedBy = ({ id, links }: DossierFacts): Touched => ({
  dossiers: [id],
  contacts: [...links.keys()],
});

const change = async (
  session: Session,
  dossier: DossierFacts,
  changes: Changes,
): Promise<Touched> => {
  const { oracle, aspects } = session;
  const request = { path: { id: dossier.id }, body: changes };
  const excuses = reasonsAgainst(oracle, dossier, changes);
  const exchange = await attempt(session, 'updateDossier', request, excuses);
  if (exchange) {
    dossierChanged(oracle, dossier, changes);
    const shown = dataOf(exchange.json) as Changes;
    const required = ['current_stage_id', 'status'].filter((name) => name in changes);
    if (aspects.has('fields')) expectTold(dossier, shown, required);
  }
  return touchedBy(dossier);
};

const changeDossier = (number: number, changes: Changes): Command =>
  onDossier(`change dossier ${ordinal(number)} {${told(changes)}}`, number, (session, dossier) => {
    const { sales, ...others } = changes as { sales?: Changes };
    const own = { ...others, ...(dossier.type === 'sales' ? sales : {}) };
    const some = Object.keys(own).length > 0 ? own : { name: 'Renamed' };
    return change(session, dossier, some);
  });

const setStatus = (number: number, status: string): Command =>
  onDossier(`set dossier ${ordinal(number)} to ${status}`, number, (session, dossier) =>
    change(session, dossier, { status }),
  );

const moveDossier = (number: number, stage: number): Command =>
  onDossier(
    `move dossier ${ordinal(number)} to stage ${ordinal(stage)}`,
    number,
    (session, dossier) =>
      change(session, dossier, { current_stage_id: pick(dossier.stages, stage) }),
  );

/** Assigns a dossier to the member with this number, where any is known, or else to nobody. */
const assignDossier = (number: number, member: number | null): Command =>
  onDossier(
    `assign dossier ${ordinal(number)} to ${member === null ? 'nobody' : ordinal(member)}`,
    number,
    (session, dossier) => {
      const assigned_to = member === null ? null : (pick(session.home.members, member) ?? null);
      return change(session, dossier, { assigned_to });
    },
  );

const archiveDossier = (number: number): Command =>
  onDossier(`archive dossier ${ordinal(number)}`, number, async (session, dossier) => {
    const { oracle } = session;
    const status = dossier.facts.get('status');
    const again = (status === undefined || status === 'archived') && !oracle.decided;
    const request = { path: { id: dossier.id } };
    // What archiving twice answers is a decision (LG-DOS-099).
    const exchange = await attempt(session, 'archiveDossier', request, again ? ['LG-DOS-099'] : []);
    if (exchange) dossierChanged(oracle, dossier, { status: 'archived' });
    return touchedBy(dossier);
  });

/** The number of a dossier: often the same one, since what follows upon something else goes wrong. */
export const aDossierNumber = () => fc.oneof(fc.constant(0), fc.nat({ max: 5 }));

/** A change of any fields that no contact shares; those of sales are sent to sales only. */
export const aChange = (): fc.Arbitrary<Command> => {
  const deal = fc.record({ deal_size: anAmount(), deal_currency: fc.constantFrom('EUR', 'USD') });
  const sales = fc
    .tuple(fc.option(aText(), { nil: undefined }), fc.option(deal, { nil: {} }))
    .map(([contact_person, amounts]) => ({
      ...amounts,
      ...(contact_person === undefined ? {} : { contact_person }),
    }));
  const fields = { name: aText(), company: aText(), intake_notes: aText(), sales };
  return fc
    .tuple(aDossierNumber(), fc.noShrink(fc.record(fields, { requiredKeys: [] })))
    .map(([number, changes]) => changeDossier(number, changes));
};

export const aStatusChange = (contract: Contract): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.constantFrom(...dossierStatuses(contract)))
    .map(([number, status]) => setStatus(number, status));

export const aMove = (): fc.Arbitrary<Command> =>
  fc.tuple(aDossierNumber(), fc.nat({ max: 9 })).map(([one, stage]) => moveDossier(one, stage));

export const anAssignment = (): fc.Arbitrary<Command> =>
  fc
    .tuple(aDossierNumber(), fc.option(fc.nat({ max: 3 }), { nil: null }))
    .map(([one, member]) => assignDossier(one, member));

export const anArchiving = (): fc.Arbitrary<Command> => aDossierNumber().map(archiveDossier);
