import fc from 'fast-check';
import type { NewDossier } from '../world/organization.ts';
import { anAmount } from './amount.ts';
import { aPhone } from './phone.ts';
import { aText } from './text.ts';

export const aType = (): fc.Arbitrary<NewDossier['type']> =>
  fc.constantFrom('candidate' as const, 'sales' as const);

/** A dossier with no more than what is required. */
export const aBareDossier = (): fc.Arbitrary<NewDossier> =>
  fc.record({ type: aType(), name: aText() });

/** Several of them, no two alike: whether the same one again makes a second is a decision. */
export const bareDossiers = (range: {
  readonly minLength?: number;
  readonly maxLength: number;
}): fc.Arbitrary<NewDossier[]> =>
  fc.uniqueArray(aBareDossier(), {
    ...range,
    selector: ({ name }) => name.normalize('NFKC').trim().toLowerCase(),
  });

/** Both or none: the one without the other is a matter of decisions. */
const aDeal = () =>
  fc.option(
    fc.record({ deal_size: anAmount(), deal_currency: fc.constantFrom('EUR', 'USD', 'GBP') }),
    { nil: {} },
  );

/**
 * A dossier with any selection of the texts and amounts that its type allows, but for the e-mail
 * address: where a contact has that already, what happens is a matter of decisions.
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
