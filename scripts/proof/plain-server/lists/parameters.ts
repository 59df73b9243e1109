import type { Installation } from '../installation.ts';
import { invalid, unforeseen, type Refusal } from '../refusal.ts';
import { matchOne } from '../values/enumerated.ts';

/** The values of a parameter that count: none, one, or several where each may match (LG-GEN-026). */
export const valuesOf = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
): readonly string[] => {
  const all = query.getAll(name);
  if (all.length < 2) return all;
  const { choice, freedoms } = installation;
  if (choice('LG-GEN-026') === 2) return all;
  if (choice('LG-GEN-026') === 0) {
    throw unforeseen(installation, `${name} occurs twice`, 'repeated_parameter');
  }
  return freedoms.lastValueCounts ? all.slice(-1) : all.slice(0, 1);
};

/** Whether a value passes. */
export type Test = (value: string) => boolean;

const always: Test = () => true;
const never: Test = () => false;

/**
 * A filter by an enumeration; undefined where nothing is filtered.
 *
 * @throws Refusal when a value is none of these (LG-GEN-024, LG-GEN-025)
 */
export const readFilter = (
  installation: Installation,
  query: URLSearchParams,
  name: string,
  values: readonly string[],
): Test => {
  const sent = valuesOf(installation, query, name);
  if (sent.length === 0) return always;
  const tests = sent.map((text) => readValue(installation, text, name, values));
  return (value) => tests.some((test) => test(value));
};

/** What one value of an enumerated filter lets pass. */
export const readValue = (
  installation: Installation,
  text: string,
  name: string,
  values: readonly string[],
): Test => {
  if (text === '') {
    return emptyFilter(installation, () => invalid(installation, `${name} is empty`));
  }
  const known = matchOne(installation, text, values);
  if (known !== undefined) return (value) => value === known;
  const choice = installation.choice('LG-GEN-024');
  if (choice === 0) throw invalid(installation, `${name} is unknown`);
  return choice === 1 ? always : never;
};

/** What an empty value of a filter lets pass (LG-GEN-025). */
export const emptyFilter = (installation: Installation, refusal: () => Refusal): Test => {
  const choice = installation.choice('LG-GEN-025');
  if (choice === 0) throw refusal();
  return choice === 1 ? always : never;
};
