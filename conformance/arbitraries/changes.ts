import fc from 'fast-check';
import type { DossierChanges } from '../world/changes.ts';
import type { NewDossier } from '../world/organization.ts';
import { anAmount } from './amount.ts';
import { anEmail } from './email.ts';
import { aPhone } from './phone.ts';
import { aText } from './text.ts';

const aCurrency = () => fc.constantFrom('EUR', 'USD', 'GBP');

const texts = () => ({
  ...{ name: aText(), email: anEmail(), phone: aPhone() },
  ...{ company: aText(), role: aText(), intake_notes: aText() },
});

/** A new dossier with a value in each field that its type allows, its deal complete. */
export const aFullDossier = (): fc.Arbitrary<NewDossier> => {
  const sales = { contact_person: aText(), deal_size: anAmount(), deal_currency: aCurrency() };
  return fc.oneof(
    fc.record({ type: fc.constant('candidate' as const), ...texts() }),
    fc.record({ type: fc.constant('sales' as const), ...texts(), ...sales }),
  );
};

/**
 * A change of one field or more, of any that the type allows but stage and assignment, whose values
 * are the target's own. It doesn't archive: whether a dossier can be changed then is a decision.
 */
export const someChanges = (type: NewDossier['type']): fc.Arbitrary<DossierChanges> => {
  const common = { ...texts(), status: fc.constantFrom(...(['active', 'won', 'lost'] as const)) };
  const sales = { contact_person: aText(), deal_size: anAmount(), deal_currency: aCurrency() };
  const selection: fc.Arbitrary<DossierChanges> =
    type === 'sales'
      ? fc.record({ ...common, ...sales }, { requiredKeys: [] })
      : fc.record(common, { requiredKeys: [] });
  return selection.filter((changes) => Object.keys(changes).length > 0);
};
