import { exampleCases, type ExampleCase } from './example-cases.ts';
import type { JsonObject } from './json.ts';
import { placeFinder, type Keys } from './place.ts';
import type { Problem } from './problem.ts';
import { schemaValidator, type Validate } from './schema-validator.ts';
import type { Source } from './sources.ts';

/**
 * Every example and default of a description without `$ref`s fits its schema, and nothing that a
 * reader sends or gets lacks an example.
 */
export const checkExamples = (
  description: JsonObject,
  sources: readonly Source[],
  root: string,
): Problem[] => {
  const validate = schemaValidator(description);
  const place = placeFinder(sources, root);
  return exampleCases(description).flatMap((example) =>
    complaints(example, validate).map((complaint) => ({ ...place(example.keys), ...complaint })),
  );
};

const complaints = ({ keys, schema, value }: ExampleCase, validate: Validate) => {
  if (value === undefined) {
    return [{ what: `${say(keys)} has no example.`, next: 'add a realistic one' }];
  }
  const misfit = validate(schema, value);
  if (misfit === undefined) return [];
  const member = misfit.at === '' ? 'it' : misfit.at;
  return [
    {
      what: `${say(keys)} does not fit its schema: ${member} ${misfit.reason}.`,
      next: 'mend the value, or the schema it should fit',
    },
  ];
};

const say = (keys: Keys): string => keys.join(' › ');
