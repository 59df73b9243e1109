import { eventsOf, operationsOf } from './description.ts';
import { arrayAt, objectAt, textsAt, type JsonObject } from './json.ts';
import type { Problem } from './problem.ts';
import type { Entry } from './register.ts';

/** Ids are unique and belong to their file's area; what an entry names exists in the bundle. */
export const checkRegisterReferences = (
  entries: readonly Entry[],
  bundle: JsonObject,
): Problem[] => {
  const operations = operationsOf(bundle).map(({ name }) => name);
  const subjects = [...operations, ...eventsOf(bundle).map(({ name }) => name), 'all', 'events'];
  return entries.flatMap((entry, at) => [
    ...identity(entry, entries[at - 1]),
    ...unknownNames(entry, 'concerns', textsAt(entry.value, 'concerns'), subjects),
    ...unknownNames(entry, 'permits', permitted(entry), [...operations, '*']),
  ]);
};

/** Entries come sorted by id, so that a double stands beside its like. */
const identity = (entry: Entry, previous: Entry | undefined): Problem[] => {
  const problems: Problem[] = [];
  if (entry.id === previous?.id) {
    const what = `${entry.id} stands in the register twice (also ${previous.file}:${previous.where}).`;
    problems.push(at(entry, what, 'give the newer entry an id that was never used'));
  }
  if (!entry.id.startsWith(`LG-${entry.area}-`)) {
    const what = `${entry.id} stands in the file of area ${entry.area}.`;
    problems.push(at(entry, what, 'move the entry to the file of its area, or mend its id'));
  }
  return problems;
};

const permitted = (entry: Entry): string[] =>
  [entry.value, ...arrayAt(entry.value, 'alternatives')].flatMap((holder) =>
    textsAt(objectAt(holder, 'permits'), 'operations'),
  );

const unknownNames = (
  entry: Entry,
  field: string,
  names: readonly string[],
  known: readonly string[],
): Problem[] =>
  names
    .filter((name) => !known.includes(name))
    .map((name) =>
      at(
        entry,
        `${entry.id} ${field} ${name}, which is no operation or event of the bundle.`,
        'spell it as its operationId or event in the contract',
      ),
    );

const at = (entry: Entry, what: string, next: string): Problem => ({
  file: entry.file,
  where: entry.where,
  what,
  next,
});
