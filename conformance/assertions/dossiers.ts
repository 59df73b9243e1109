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
  createDossier,
  findDossierUnderAnyStatus,
  findListedDossier,
  isDossierListed,
  retrieveDossier,
  updateDossier,
} from '../fixtures/dossiers.ts';

/** A new dossier in the three places that show it. */
export interface CreatedDossierViews {
  readonly created: Dossier;
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

export type DossierPlace = keyof CreatedDossierViews;

export const dossierPlaces: readonly DossierPlace[] = ['created', 'retrieved', 'listed'];

const dossierPlaceNames: Readonly<Record<DossierPlace, string>> = {
  created: 'the response to the creation',
  retrieved: 'the retrieved dossier',
  listed: 'the list',
};

/**
 * These may be kept with the primary contact, and then have no value in the dossier (LG-DOS-042).
 */
export const primaryContactFields: ReadonlySet<string> = new Set([
  'email',
  'phone',
  'role',
  'intake_notes',
]);

/** Creates a dossier, then retrieves it and finds it in the list. */
export const createAndViewDossier = async (
  org: Organization,
  draft: NewDossier,
): Promise<CreatedDossierViews> => viewCreatedDossier(org, await createDossier(org, draft));

/** Retrieves a dossier that was just created, and finds it in the list. */
export const viewCreatedDossier = async (
  org: Organization,
  created: Dossier,
): Promise<CreatedDossierViews> => ({
  created,
  retrieved: await retrieveDossier(org, created.id),
  listed: await findListedDossier(org, created.id),
});

/**
 * Each field has the value that was sent, in the given places and wherever else it is shown.
 * Values are compared by {@link comparableDossierValue}.
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
 * Normalises what only decisions settle: Unicode composition and the format of phone numbers
 * (LG-CON-080).
 */
export const comparableDossierValue = (name: string, value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  return name === 'phone' ? value.replaceAll(/\D/g, '') : value.normalize('NFC');
};

/** The documented fields have the same values in all three places. */
export const expectSameInAllPlaces = (
  { contract }: Pick<RuleContext, 'contract'>,
  { created, retrieved, listed }: CreatedDossierViews,
): void => {
  for (const name of dossierFields(contract)) {
    // Whether its precision may differ is a decision.
    if (name === 'created_at') continue;
    const shown = [retrieved[name], created[name], listed[name]].filter(
      (value) => value !== undefined && !(value === null && primaryContactFields.has(name)),
    );
    for (const value of shown) expectEqual(value, shown[0], `${name} everywhere`);
  }
};

/** Retrieves a dossier and finds it in the list. */
export const viewDossier = async (org: Organization, id: string): Promise<DossierView> => ({
  retrieved: await retrieveDossier(org, id),
  listed: await findDossierUnderAnyStatus(org, id),
});

/** Updates a dossier, then retrieves it and finds it in the list. */
export const updateAndViewDossier = async (
  org: Organization,
  id: string,
  changes: DossierChanges,
): Promise<DossierAfterUpdate> => {
  const returned = await updateDossier(org, id, changes);
  return { returned, ...(await viewDossier(org, id)) };
};

/** Retrieves a dossier and finds it in the list of the status that it must have. */
export const viewDossierUnder = async (
  org: Organization,
  id: string,
  status: string,
): Promise<DossierView> => {
  const retrieved = await retrieveDossier(org, id);
  return { retrieved, listed: await findListedDossier(org, id, { status }) };
};

/** A dossier as retrieved and as listed. */
export interface DossierView {
  readonly retrieved: Dossier;
  readonly listed: Dossier;
}

/** A dossier after an update, including the response to the update. */
interface DossierAfterUpdate extends DossierView {
  readonly returned: ChangedDossier;
}

type PlaceAfterUpdate = keyof DossierAfterUpdate;
const placesAfterUpdate: readonly PlaceAfterUpdate[] = ['returned', 'retrieved', 'listed'];
const viewPlaces: readonly (keyof DossierView)[] = ['retrieved', 'listed'];

const namesAfterUpdate: Readonly<Record<PlaceAfterUpdate, string>> = {
  returned: 'the response to the update',
  retrieved: 'the retrieved dossier',
  listed: 'the list',
};

/** The places where the documentation shows a field; other responses may leave it out. */
const documentedPlaces: Readonly<Record<string, readonly PlaceAfterUpdate[]>> = {
  name: viewPlaces,
  current_stage_id: placesAfterUpdate,
  status: ['returned'],
  deal_size: viewPlaces,
  ...{ company: ['listed'], contact_person: ['listed'] },
  ...{ deal_currency: ['listed'], assigned_to: ['listed'] },
};

/**
 * Each field that was sent has its new value, in the documented places and wherever else it is
 * shown.
 */
export const expectDossierUpdated = (
  after: DossierAfterUpdate,
  changes: Readonly<Record<string, unknown>>,
  everywhere = documentedPlaces,
): void => {
  expectEqual(after.returned.id, after.retrieved.id, 'the id in the response to the update');
  for (const [name, value] of Object.entries(changes)) {
    for (const place of placesAfterUpdate) {
      const shown = after[place][name as keyof ChangedDossier];
      const leftOut = shown === undefined || (shown === null && primaryContactFields.has(name));
      if (leftOut && !everywhere[name]?.includes(place)) continue;
      const what = `${name} in ${namesAfterUpdate[place]}`;
      expectEqual(
        comparableDossierValue(name, shown) ?? null,
        comparableDossierValue(name, value),
        what,
      );
    }
  }
};

/** The precision of a timestamp and the lifetime of a URL are decisions. */
const volatileFields = ['created_at', 'cv_url'];

/** The fields that weren't sent are unchanged, also in the response to the update. */
export const expectOtherFieldsUnchanged = (
  { contract }: Pick<RuleContext, 'contract'>,
  before: DossierView,
  after: DossierAfterUpdate,
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
        `${name} in ${namesAfterUpdate[place]} as before,`,
      );
    }
    const was = before.listed[name] ?? before.retrieved[name];
    const shown = after.returned[name];
    if (shown === undefined || was === undefined) continue;
    if (primaryContactFields.has(name) && (shown === null || was === null)) continue;
    expectEqual(shown, was, `${name} in ${namesAfterUpdate.returned} as before,`);
  }
  for (const place of viewPlaces) {
    const kept = Boolean(after[place].cv_url) === Boolean(before[place].cv_url);
    expectThat(kept, `a CV in ${namesAfterUpdate[place]} as before`, () => after[place].cv_url);
  }
};

/**
 * A dossier is listed under this status only.
 *
 * @param beforeOthers - called before the other statuses are compared, so that the rule can say what
 *   it is about
 */
export const expectDossierListedUnder = async (
  org: Organization,
  id: string,
  status: string,
  beforeOthers: () => void = () => undefined,
): Promise<void> => {
  const found: string[] = [];
  for (const one of dossierStatuses(org.context.contract)) {
    if (await isDossierListed(org, id, { status: one })) found.push(one);
  }
  const what = 'the statuses that the dossier is listed under';
  if (!found.includes(status)) expectEqual(found, [status], what);
  beforeOthers();
  expectEqual(found, [status], what);
};
