import { comparable, ofTheContact } from '../../world/sightings.ts';
import { expectThat } from '../../world/expectations.ts';
import { learnedOfDossier } from './dossiers.ts';
import { expectFacts, learn } from './facts.ts';
import type { DossierFacts } from './oracle.ts';

/** Where a dossier is shown, with the fields that the documentation shows there. */
const places = {
  'the answer to the creation': ['type', 'name', 'status', 'current_stage_id'],
  'the dossier by its id': ['type', 'name', 'current_stage_id', 'deal_size'],
  'the list of dossiers': [
    ...['type', 'name', 'current_stage_id', 'company', 'contact_person'],
    ...['deal_size', 'deal_currency', 'assigned_to'],
  ],
} as const;

export type DossierPlace = keyof typeof places;

/** A dossier is shown as it should be, in a stage of its own flow. */
export const expectDossier = (
  dossier: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  place: DossierPlace,
): void => {
  const { id, facts, stages } = dossier;
  const where = `${place} ${id}`;
  expectFacts(facts, {
    ...{ place: where, shown, required: places[place], elsewhere: ofTheContact },
    // How an address of a file looks, and how long it holds, are matters of decisions.
    comparable: (name, value) => (name === 'cv_url' ? Boolean(value) : comparable(name, value)),
  });
  const stage = shown['current_stage_id'];
  const expected = `a stage of its flow in ${where}`;
  const own = stage === undefined || stages.some((one) => one === stage);
  expectThat(own, expected, () => stage);
  learn(facts, { shown }, learnedOfDossier);
};

/** The answer to a change names the dossier, and tells nothing of it that isn't so. */
export const expectTold = (
  { id, facts }: DossierFacts,
  shown: Readonly<Record<string, unknown>>,
  required: readonly string[],
): void => {
  expectThat(shown['id'] === id, `the id ${id} in the answer to the change`, () => shown['id']);
  const place = `the answer to the change of ${id}`;
  const told = new Map([...facts].filter(([name]) => name !== 'cv_url'));
  expectFacts(told, { place, shown, required, elsewhere: ofTheContact, comparable });
  learn(facts, { shown }, ['status', 'current_stage_id']);
};
