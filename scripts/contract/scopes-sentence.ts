import { arrayAt, isObject, objectAt, textAt, type JsonObject } from './json.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/**
 * Says the scopes of each operation in its description too: some viewers drop the roles of a
 * bearer scheme. `security` stays the one place where they are written; this sentence is derived.
 */
export const describeScopes = (description: JsonObject): JsonObject => ({
  ...description,
  paths: mapValues(objectAt(description, 'paths'), (item) =>
    isObject(item)
      ? mapValues(item, (operation, key) =>
          methods.includes(key) && isObject(operation) ? withSentence(operation) : operation,
        )
      : item,
  ),
});

const withSentence = (operation: JsonObject): JsonObject => {
  const scopes = requiredScopes(operation);
  if (scopes.length === 0) return operation;
  const noun = scopes.length === 1 ? 'scope' : 'scopes';
  const sentence = `Required ${noun}: ${scopes.map((scope) => `\`${scope}\``).join(' and ')}.`;
  const text = textAt(operation, 'description')?.trimEnd();
  return { ...operation, description: text === undefined ? sentence : `${text}\n\n${sentence}` };
};

const requiredScopes = (operation: JsonObject): string[] =>
  arrayAt(operation, 'security').flatMap((requirement) =>
    Object.keys(isObject(requirement) ? requirement : {}).flatMap((scheme) =>
      arrayAt(requirement, scheme).filter((role) => typeof role === 'string'),
    ),
  );

const mapValues = (
  object: JsonObject,
  change: (value: JsonObject[string], key: string) => JsonObject[string],
): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
