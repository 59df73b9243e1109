import type { Schemas } from '../../openapi/contract.ts';
import { expectEqual, expectThat } from './expectations.ts';
import type { Dossier } from './organization.ts';
import { comparable, dossierFields, ofTheContact } from './sightings.ts';
import type { World } from './world.ts';

/** What an answer about a changed dossier tells of it: the id, and any other fields. */
export type Told = Schemas['DossierPatched'];

/** A dossier by its id and in the list. */
export interface View {
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

/** A dossier after a change, and what the answer to the change told. */
export interface Aftermath extends View {
  readonly answered: Told;
}

type Place = keyof Aftermath;
const places: readonly Place[] = ['answered', 'retrieved', 'listed'];
const views: readonly (keyof View)[] = ['retrieved', 'listed'];

const placeNames: Readonly<Record<Place, string>> = {
  answered: 'the answer to the change',
  retrieved: 'the dossier by its id',
  listed: 'the list',
};

/** Where the documentation shows a field; elsewhere an answer may leave it out. */
const shownIn: Readonly<Record<string, readonly Place[]>> = {
  name: views,
  current_stage_id: places,
  status: ['answered'],
  deal_size: views,
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ deal_currency: ['listed'], assigned_to: ['listed'] },
};

/** Each field that was sent has its new value wherever it must be shown, and no other anywhere. */
export const expectChanged = (
  after: Aftermath,
  changes: Readonly<Record<string, unknown>>,
  everywhere = shownIn,
): void => {
  expectEqual(after.answered.id, after.retrieved.id, 'the id in the answer to the change');
  for (const [name, value] of Object.entries(changes)) {
    for (const place of places) {
      const shown = after[place][name as keyof Told];
      const leftOut = shown === undefined || (shown === null && ofTheContact.has(name));
      if (leftOut && !everywhere[name]?.includes(place)) continue;
      const what = `${name} in ${placeNames[place]}`;
      expectEqual(comparable(name, shown) ?? null, comparable(name, value), what);
    }
  }
};

/** How precisely a moment is told, and how long an address holds, are matters of decisions. */
const restless = ['created_at', 'cv_url'];

/** The fields that were not sent are as they were, and the answer says nothing else of them. */
export const expectUntouched = (
  { contract }: Pick<World, 'contract'>,
  before: View,
  after: Aftermath,
  changes: Readonly<Record<string, unknown>> = {},
): void => {
  const others = dossierFields(contract).filter(
    (name) => !(name in changes) && !restless.includes(name),
  );
  for (const name of others) {
    for (const place of views) {
      const was = before[place][name] ?? null;
      expectEqual(after[place][name] ?? null, was, `${name} in ${placeNames[place]} as before,`);
    }
    const was = before.listed[name] ?? before.retrieved[name];
    const told = after.answered[name];
    if (told === undefined || was === undefined) continue;
    if (ofTheContact.has(name) && (told === null || was === null)) continue;
    expectEqual(told, was, `${name} in ${placeNames.answered} as before,`);
  }
  for (const place of views) {
    const kept = Boolean(after[place].cv_url) === Boolean(before[place].cv_url);
    expectThat(kept, `a CV in ${placeNames[place]} as before`, () => after[place].cv_url);
  }
};
