import { operationsOf } from '../contract/description.ts';
import { objectAt, textAt, type JsonObject } from '../contract/json.ts';

/** A call to the first operation that needs nothing but a key. */
export const curlExample = (bundle: JsonObject, baseUrl: string): string => {
  const schemes = Object.values(objectAt(objectAt(bundle, 'components'), 'securitySchemes'));
  const prefix = schemes.map((scheme) => textAt(scheme, 'x-key-prefix')).find(Boolean) ?? '';
  const simple = operationsOf(bundle).find(
    ({ method, path }) => method === 'get' && !path.includes('{'),
  );
  return `curl -H 'Authorization: Bearer ${prefix}any' ${baseUrl}${simple?.path ?? '/'}`;
};
