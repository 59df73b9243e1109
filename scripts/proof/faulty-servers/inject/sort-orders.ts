import type { Fault } from '../../../../conformance/faults/inject.ts';
import type { Item } from './handlers.ts';

export type SortOrder = (one: Item, other: Item) => number;

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

/** By the text of a field, by code unit. */
export const byText =
  (field: string): SortOrder =>
  (one, other) => {
    const [text, otherText] = [textOf(one[field]), textOf(other[field])];
    if (text === otherText) return 0;
    return text < otherText ? -1 : 1;
  };

/** By the text of a field in natural order: numbers by value, ignoring case. */
export const byNaturalText =
  (field: string): SortOrder =>
  (one, other) =>
    textOf(one[field]).localeCompare(textOf(other[field]), 'en', { numeric: true });

/** The shortest text first. */
export const byLength =
  (field: string): SortOrder =>
  (one, other) =>
    textOf(one[field]).length - textOf(other[field]).length;

/** The smallest number first; false counts as 0, and null as less than any. */
export const byNumber =
  (field: string): SortOrder =>
  (one, other) =>
    numberOf(one[field]) - numberOf(other[field]);

const numberOf = (value: unknown): number => (value == null ? -1 : Number(value));

export const reversed =
  (order: SortOrder): SortOrder =>
  (one, other) =>
    order(other, one);

/** By the first order, and among equals by the second. */
export const byThenBy =
  (order: SortOrder, then: SortOrder): SortOrder =>
  (one, other) =>
    order(one, other) || then(one, other);

/** The order in which the stages of new flows are given to the control API. */
export const rememberStageOrder = (): { readonly control: Fault; readonly asGiven: SortOrder } => {
  const places = new Map<unknown, number>();
  const control: Fault = (fetch) => async (request) => {
    const creates = request.method === 'POST' && request.url.endsWith('/flows');
    if (!creates) return fetch(request);
    const { stages } = (await request.clone().json()) as { stages: Item[] };
    const response = await fetch(request);
    if (!response.ok) return response;
    const { data } = (await response.clone().json()) as { data: { stages: Item[] } };
    for (const { id, position } of data.stages) {
      places.set(
        id,
        stages.findIndex((given, index) => (given['position'] ?? index + 1) === position),
      );
    }
    return response;
  };
  const placeOf = ({ id }: Item): number => places.get(id) ?? 0;
  return { control, asGiven: (one, other) => placeOf(one) - placeOf(other) };
};
