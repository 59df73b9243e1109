import fc from 'fast-check';
import { aDossier } from '../../arbitraries/new-dossier.ts';
import { defaultFlowOf, firstStageOf } from '../../world/flows.ts';
import { aCv, formOf } from '../../world/forms.ts';
import type { LinkedContact } from '../../world/links.ts';
import { dataOf, type Dossier, type Flow, type NewDossier } from '../../world/organization.ts';
import { expectEqual } from '../../world/expectations.ts';
import { pageOf } from '../../world/pages.ts';
import { command, ordinal, told, untouched, type Command } from '../command.ts';
import { contactAppeared } from '../oracle/contacts.ts';
import { dossierCreated } from '../oracle/dossiers.ts';
import { cameAlong } from '../oracle/links.ts';
import { expectDossier } from '../oracle/shown-dossier.ts';
import type { DossierFacts } from '../oracle/oracle.ts';
import { attempt, pick, type Session } from '../session.ts';

export interface DossierWish {
  readonly draft: NewDossier;
  /** The number of an existing contact to put on it, instead of a new one. */
  readonly contact?: number | undefined;
  /** The number of a flow to put it in, instead of the default one. */
  readonly flow?: number | undefined;
  /** Whether it is created by a form with a CV; only candidates are. */
  readonly cv?: boolean;
}

/** What may be written over, or into, a contact that a dossier is created for (LG-DOS-057). */
const withoutDetails = ({ phone: _, company: __, role: ___, ...rest }: NewDossier): NewDossier =>
  rest;

export const createDossier = ({ draft, contact, flow, cv = false }: DossierWish): Command => {
  const form = cv && draft.type === 'candidate';
  const words = [
    `create ${form ? 'by a form with a CV' : 'a dossier'} {${told(draft)}}`,
    contact === undefined ? '' : ` for contact ${ordinal(contact)}`,
    flow === undefined ? '' : ` in flow ${ordinal(flow)}`,
  ];
  return command(words.join(''), async (session) => {
    const { oracle, flows } = session;
    const place = placeFor(flows, draft.type, flow);
    if (!place) return untouched;
    const contact_id =
      contact === undefined ? undefined : pick([...oracle.contacts.keys()], contact);
    const fields: NewDossier = {
      ...(contact_id === undefined ? draft : withoutDetails(draft)),
      // No two alike: whether the same one again makes a second is a decision (LG-DOS-032).
      name: `${String(oracle.made + 1)} ${draft.name}`,
      ...(contact_id === undefined ? {} : { contact_id }),
      ...(place.given ? { flow_id: place.flow.id } : {}),
    };
    const body = form ? formOf(fields, aCv()) : fields;
    // Whether a key needs more for a contact that it names is a decision (LG-AUT-048).
    const excuses =
      contact_id !== undefined && session.actor.lacks.size > 0 ? (['LG-AUT-048'] as const) : [];
    const exchange = await attempt(session, 'createDossier', { body }, excuses);
    if (!exchange) return untouched;
    const shown = dataOf(exchange.json) as Dossier;
    const first = firstStageOf(place.flow)?.id;
    const created = dossierCreated(oracle, {
      ...{ id: shown.id, draft: { ...fields }, cv: form },
      stages: place.flow.stages.map(({ id }) => id),
      stage: place.given && first !== undefined ? oracle.decide(first) : first,
    });
    if (session.aspects.has('fields')) expectDossier(created, shown, 'the answer to the creation');
    const own = contact_id ?? (await meetContact(session, created));
    cameAlong(oracle, created, own);
    return { dossiers: [shown.id], contacts: [own] };
  });
};

const placeFor = (
  flows: readonly Flow[],
  type: string,
  number: number | undefined,
): { flow: Flow; given: boolean } | undefined => {
  const usual = defaultFlowOf(flows, type);
  if (number === undefined && usual) return { flow: usual, given: false };
  const given = pick(
    flows.filter((flow) => flow.type === type && flow.stages.length > 0),
    number ?? 0,
  );
  return given && { flow: given, given: true };
};

/** The contact that came with a new dossier: there must be one, and it must be new. */
const meetContact = async (session: Session, { id }: DossierFacts): Promise<string> => {
  const { home, world, oracle } = session;
  const exchange = await home.all.send('listDossierContacts', { path: { id } });
  world.expect.success(exchange);
  const shown = pageOf(exchange).items as unknown as LinkedContact[];
  expectEqual(shown.length, 1, `the number of contacts on the new dossier ${id}`);
  const contact = shown[0]?.contact_id ?? '';
  expectEqual(oracle.contacts.has(contact), false, `whether contact ${contact} was there before:`);
  contactAppeared(oracle, contact);
  return contact;
};

/** The creation of any dossier that no decision bears on. */
export const aNewDossier = (): fc.Arbitrary<Command> =>
  fc
    .record({
      draft: fc.noShrink(aDossier()),
      contact: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
      flow: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 3 }),
      cv: fc.boolean(),
    })
    .map(createDossier);
