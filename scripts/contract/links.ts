import {
  type DescribedOperation,
  isObject,
  type Json,
  type JsonObject,
  objectAt,
  operationsOf,
  textAt,
} from './description.ts';
import { createLocationFinder, type Keys, type Problem, type Source } from './sources.ts';

interface Link {
  keys: Keys;
  value: JsonObject;
  from: DescribedOperation;
  response: JsonObject;
}

/**
 * Every link of a response names an operation, with all its required parameters and no unknown
 * ones.
 */
export const checkLinks = (
  description: JsonObject,
  sources: readonly Source[],
  root: string,
): Problem[] => {
  const operations = operationsOf(description);
  const locate = createLocationFinder(sources, root);
  return operations.flatMap(linksOf).flatMap((link) =>
    problemsOf(link, operations).map((what) => ({
      ...locate(link.keys),
      what: `Link ${String(link.keys.at(-1))} of ${link.from.name}: ${what}.`,
      next: 'fix the link, or the operation that it names',
    })),
  );
};

const linksOf = (from: DescribedOperation): Link[] =>
  Object.entries(objectAt(from.value, 'responses')).flatMap(([status, response]) =>
    Object.entries(objectAt(response, 'links')).flatMap(([name, value]) => {
      if (!isObject(value) || !isObject(response)) return [];
      const keys = ['paths', from.path, from.method, 'responses', status, 'links', name];
      return [{ keys, value, from, response }];
    }),
  );

const problemsOf = (link: Link, operations: readonly DescribedOperation[]): string[] => {
  const id = textAt(link.value, 'operationId');
  const target = operations.find(({ name }) => name === id);
  if (target === undefined) return [`there is no operation ${id ?? '(operationId is missing)'}`];
  const given = Object.entries(objectAt(link.value, 'parameters'));
  const names = given.map(([key]) => key.replace(/^(path|query|header)\./, ''));
  const known = target.parameters.map((parameter) => textAt(parameter, 'name'));
  const needed = target.parameters.filter(({ required }) => required === true);
  return [
    ...names.filter((name) => !known.includes(name)).map((name) => `${id} has no ${name}`),
    ...needed
      .map((parameter) => textAt(parameter, 'name') ?? '')
      .filter((name) => !names.includes(name))
      .map((name) => `${id} needs ${name}`),
    ...given.flatMap(([, expression]) => unresolved(link, expression)),
  ];
};

/** A runtime expression must resolve in the request, or in each example of the response. */
const unresolved = ({ from, response }: Link, expression: Json): string[] => {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return [];
  const [, name] = /^\$request\.path\.(.+)$/.exec(expression) ?? [];
  const [, pointer] = /^\$response\.body#(.*)$/.exec(expression) ?? [];
  const found =
    name !== undefined
      ? from.parameters.some((parameter) => textAt(parameter, 'name') === name)
      : pointer !== undefined && bodiesOf(response).every((body) => follow(body, pointer));
  return found ? [] : [`${expression} finds nothing`];
};

const bodiesOf = (response: JsonObject): (Json | undefined)[] =>
  Object.values(objectAt(response, 'content')).flatMap((media) =>
    Object.values(objectAt(media, 'examples')).map((example) =>
      isObject(example) ? example.value : undefined,
    ),
  );

const follow = (body: Json | undefined, pointer: string): boolean => {
  let node: unknown = body;
  for (const key of pointer.split('/').slice(1)) {
    if (typeof node !== 'object' || node === null || !(key in node)) return false;
    node = (node as Record<string, unknown>)[key];
  }
  return node !== undefined;
};
