import type { Organization, RuleContext } from '../context/context.ts';
import { expectEqual, expectThat } from '../context/expectations.ts';
import {
  type ChangedDossier,
  type Dossier,
  type DossierChanges,
  dossierFields,
  dossierStatuses,
  type NewDossier,
} from '../contract/resources.ts';
import {
  changeDossier,
  createDossier,
  findDossierUnderAnyStatus,
  findListedDossier,
  isDossierListed,
  retrieveDossier,
} from '../fixtures/dossiers.ts';

/** A new dossier as the three operations show it. */
export interface CreatedDossierViews {
  readonly created: Dossier;
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

export type DossierPlace = keyof CreatedDossierViews;

export const dossierPlaces: readonly DossierPlace[] = ['created', 'retrieved', 'listed'];

const dossierPlaceNames: Readonly<Record<DossierPlace, string>> = {
  created: 'the answer to the creation',
  retrieved: 'the dossier by its id',
  listed: 'the list',
};

/** What may be kept with the primary contact instead, and then has no value here (LG-DOS-042). */
export const primaryContactFields: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'role',
  'intake_notes',
]);

/** Creates a dossier, then retrieves it and looks it up in the list. */
export const createAndViewDossier = async (
  org: Organization,
  draft: NewDossier,
): Promise<CreatedDossierViews> => viewCreatedDossier(org, await createDossier(org, draft));

/** Retrieves a dossier that was just created, and looks it up in the list. */
export const viewCreatedDossier = async (
  org: Organization,
  created: Dossier,
): Promise<CreatedDossierViews> => ({
  created,
  retrieved: await retrieveDossier(org, created.id),
  listed: await findListedDossier(org, created.id),
});

/**
 * Each field has the value that was sent in the places that must show it, and no other value
 * anywhere. Whether letters are composed is a matter of decisions.
 */
export const expectDossierKept = (
  seen: CreatedDossierViews,
  sent: Readonly<Record<string, unknown>>,
  places: readonly DossierPlace[] = [],
): void => {
  for (const [name, value] of Object.entries(sent)) {
    for (const place of dossierPlaces) {
      const shown = seen[place][name as keyof Dossier];
      const leftOut = shown === undefined || (shown === null && primaryContactFields.has(name));
      if (leftOut && !places.includes(place)) continue;
      expectEqual(
        comparableDossierValue(name, shown),
        comparableDossierValue(name, value),
        `${name} in ${dossierPlaceNames[place]}`,
      );
    }
  }
};

/**
 * Letters composed, and of a phone number the digits: how it is written is a matter of decisions
 * (LG-CON-080).
 */
export const comparableDossierValue = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return name === 'phone' ? value.replaceAll(/\D/g, '') : value.normalize('NFC');
};

/** The three say nothing about a documented field that contradicts one another. */
export const expectSameInAllPlaces = (
  { contract }: Pick<RuleContext, 'contract'>,
  { created, retrieved, listed }: CreatedDossierViews,
): void => {
  for (const name of dossierFields(contract)) {
    // Whether its precision may differ is a matter of decisions.
    if (name === 'created_at') continue;
    const shown = [retrieved[name], created[name], listed[name]].filter(
      (value) => value !== undefined && !(value === null && primaryContactFields.has(name)),
    );
    for (const value of shown) expectEqual(value, shown[0], `${name} everywhere`);
  }
};

/** Retrieves a dossier and looks it up in the list. */
export const viewDossier = async (org: Organization, id: string): Promise<DossierView> => ({
  retrieved: await retrieveDossier(org, id),
  listed: await findDossierUnderAnyStatus(org, id),
});

/** Changes a dossier, then retrieves it and looks it up in the list. */
export const changeAndViewDossier = async (
  org: Organization,
  id: string,
  changes: DossierChanges,
): Promise<DossierAfterChange> => {
  const answered = await changeDossier(org, id, changes);
  return { answered, ...(await viewDossier(org, id)) };
};

/** Retrieves a dossier and looks it up among those of the status that it must have. */
export const viewDossierUnder = async (
  org: Organization,
  id: string,
  status: string,
): Promise<DossierView> => {
  const retrieved = await retrieveDossier(org, id);
  return { retrieved, listed: await findListedDossier(org, id, { status }) };
};

/** A dossier by its id and in the list. */
export interface DossierView {
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

/** A dossier after a change, and what the answer to the change told. */
interface DossierAfterChange extends DossierView {
  readonly answered: ChangedDossier;
}

type PlaceAfterChange = keyof DossierAfterChange;
const placesAfterChange: readonly PlaceAfterChange[] = ['answered', 'retrieved', 'listed'];
const viewPlaces: readonly (keyof DossierView)[] = ['retrieved', 'listed'];

const namesAfterChange: Readonly<Record<PlaceAfterChange, string>> = {
  answered: 'the answer to the change',
  retrieved: 'the dossier by its id',
  listed: 'the list',
};

/** Where the documentation shows a field; elsewhere an answer may leave it out. */
const documentedPlaces: Readonly<Record<string, readonly PlaceAfterChange[]>> = {
  name: viewPlaces,
  current_stage_id: placesAfterChange,
  status: ['answered'],
  deal_size: viewPlaces,
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ deal_currency: ['listed'], assigned_to: ['listed'] },
};

/** Each field that was sent has its new value wherever it must be shown, and no other anywhere. */
export const expectDossierChanged = (
  after: DossierAfterChange,
  changes: Readonly<Record<string, unknown>>,
  everywhere = documentedPlaces,
): void => {
  expectEqual(after.answered.id, after.retrieved.id, 'the id in the answer to the change');
  for (const [name, value] of Object.entries(changes)) {
    for (const place of placesAfterChange) {
      const shown = after[place][name as keyof ChangedDossier];
      const leftOut = shown === undefined || (shown === null && primaryContactFields.has(name));
      if (leftOut && !everywhere[name]?.includes(place)) continue;
      const what = `${name} in ${namesAfterChange[place]}`;
      expectEqual(
        comparableDossierValue(name, shown) ?? null,
        comparableDossierValue(name, value),
        what,
      );
    }
  }
};

/** How precisely a moment is told, and how long an address holds, are matters of decisions. */
const volatileFields = ['created_at', 'cv_url'];

/** The fields that were not sent are as they were, and the answer says nothing else of them. */
export const expectOtherFieldsUnchanged = (
  { contract }: Pick<RuleContext, 'contract'>,
  before: DossierView,
  after: DossierAfterChange,
  changes: Readonly<Record<string, unknown>> = {},
): void => {
  const others = dossierFields(contract).filter(
    (name) => !(name in changes) && !volatileFields.includes(name),
  );
  for (const name of others) {
    for (const place of viewPlaces) {
      const was = before[place][name] ?? null;
      expectEqual(
        after[place][name] ?? null,
        was,
        `${name} in ${namesAfterChange[place]} as before,`,
      );
    }
    const was = before.listed[name] ?? before.retrieved[name];
    const told = after.answered[name];
    if (told === undefined || was === undefined) continue;
    if (primaryContactFields.has(name) && (told === null || was === null)) continue;
    expectEqual(told, was, `${name} in ${namesAfterChange.answered} as before,`);
  }
  for (const place of viewPlaces) {
    const kept = Boolean(after[place].cv_url) === Boolean(before[place].cv_url);
    expectThat(kept, `a CV in ${namesAfterChange[place]} as before`, () => after[place].cv_url);
  }
};

/** A dossier is listed under this status, and under no other. */
export const expectDossierListedUnder = async (
  org: Organization,
  id: string,
  status: string,
): Promise<void> => {
  const found: string[] = [];
  for (const one of dossierStatuses(org.context.contract)) {
    if (await isDossierListed(org, id, { status: one })) found.push(one);
  }
  expectEqual(found, [status], 'the statuses that the dossier is listed under');
};
