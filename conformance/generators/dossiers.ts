import fc from 'fast-check';
import type { DossierChanges, NewDossier } from '../contract/resources.ts';
import type { FlowDraft } from '../targets/target.ts';
import { anAmount, anEmail, aPhone, aText } from './values.ts';

export const aDossierType = (): fc.Arbitrary<NewDossier['type']> =>
  fc.constantFrom('candidate' as const, 'sales' as const);

/** A dossier with the required fields only. */
export const aBareDossier = (): fc.Arbitrary<NewDossier> =>
  fc.record({ type: aDossierType(), name: aText() });

/**
 * Several of them, all different: whether a repeated creation creates a second one is a decision.
 */
export const bareDossiers = (range: {
  readonly minLength?: number;
  readonly maxLength: number;
}): fc.Arbitrary<NewDossier[]> =>
  fc.uniqueArray(aBareDossier(), {
    ...range,
    selector: ({ name }) => name.normalize('NFKC').trim().toLowerCase(),
  });

const aCurrency = () => fc.constantFrom('EUR', 'USD', 'GBP');

/** Both or neither: one without the other is a decision. */
const aDeal = () =>
  fc.option(fc.record({ deal_size: anAmount(), deal_currency: aCurrency() }), { nil: {} });

/**
 * A dossier with any subset of the strings and amounts that its type allows, except the e-mail
 * address: what happens if a contact has it already is a decision.
 */
export const aDossier = (): fc.Arbitrary<NewDossier> => {
  const common = { phone: aPhone(), company: aText(), role: aText(), intake_notes: aText() };
  const candidate = fc.record(common, { requiredKeys: [] });
  const sales = fc.record({ ...common, contact_person: aText() }, { requiredKeys: [] });
  return fc.oneof(
    fc
      .tuple(aText(), candidate)
      .map(([name, rest]) => ({ type: 'candidate' as const, name, ...rest })),
    fc
      .tuple(aText(), sales, aDeal())
      .map(([name, rest, deal]) => ({ type: 'sales' as const, name, ...rest, ...deal })),
  );
};

const dossierTexts = () => ({
  ...{ name: aText(), email: anEmail(), phone: aPhone() },
  ...{ company: aText(), role: aText(), intake_notes: aText() },
});

/** A new dossier with a value in each field that its type allows. */
export const aFullDossier = (): fc.Arbitrary<NewDossier> => {
  const sales = { contact_person: aText(), deal_size: anAmount(), deal_currency: aCurrency() };
  return fc.oneof(
    fc.record({ type: fc.constant('candidate' as const), ...dossierTexts() }),
    fc.record({ type: fc.constant('sales' as const), ...dossierTexts(), ...sales }),
  );
};

/**
 * An update of any non-empty subset of the fields that the type allows, except stage and
 * assignment, whose values depend on the target. It never archives, since updating an archived
 * dossier is a decision.
 */
export const someDossierUpdates = (type: NewDossier['type']): fc.Arbitrary<DossierChanges> => {
  const common = {
    ...dossierTexts(),
    status: fc.constantFrom(...(['active', 'won', 'lost'] as const)),
  };
  const sales = { contact_person: aText(), deal_size: anAmount(), deal_currency: aCurrency() };
  const selection: fc.Arbitrary<DossierChanges> =
    type === 'sales'
      ? fc.record({ ...common, ...sales }, { requiredKeys: [] })
      : fc.record(common, { requiredKeys: [] });
  return selection.filter((changes) => Object.keys(changes).length > 0);
};

/** `count` simple dossiers with alternating types, where only their number matters. */
export const plainDossiers = (count: number): NewDossier[] =>
  Array.from({ length: count }, (_, index) => {
    const type = index % 2 === 0 ? 'candidate' : 'sales';
    return { type, name: `Dossier ${String(index + 1)}` };
  });

type StageDraft = FlowDraft['stages'][number];

const aStage = (position: number, place: number): fc.Arbitrary<StageDraft> =>
  fc.record(
    {
      // Numbered, so that names differ; by their index in the draft, so that no name shows a
      // position.
      name: aText().map((text) => `${String(place)}: ${text}`),
      position: fc.constant(position),
      deadline_days: fc.integer({ min: 0, max: 90 }),
      win_probability: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ['name', 'position'] },
  );

/**
 * Positions of one and two digits with gaps, in random order, so that sorting them as text fails.
 * Some start from 0.
 */
const somePositions = () =>
  fc
    .constantFrom(0, 1, 2)
    .chain((min) =>
      fc.uniqueArray(fc.integer({ min, max: min + 20 }), { minLength: 10, maxLength: 14 }),
    );

/** A flow with ten stages or more, in another order than their positions. */
export const aLongFlow = (): fc.Arbitrary<FlowDraft> =>
  fc.record({
    name: aText(),
    type: aDossierType(),
    is_default: fc.boolean(),
    stages: somePositions().chain((positions) => fc.tuple(...positions.map(aStage))),
  });

/**
 * `count` simple flows, where only their number matters; with alternating types unless one is
 * given.
 */
export const plainFlows = (count: number, type?: string): FlowDraft[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Flow ${String(index + 1)}`,
    type: type ?? (index % 2 === 0 ? 'candidate' : 'sales'),
    stages: [{ name: 'First' }, { name: 'Second' }],
  }));
