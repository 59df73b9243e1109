import {
  type Contract,
  type ContractResponse,
  type Operation,
  type Pointer,
  schemaAt,
} from '../../../openapi/contract.ts';
import { createSchemaCompiler } from '../../../openapi/schema-compiler.ts';
import type { WireAnswer } from './http-connection.ts';

/** The parts of a request that its response depends on. */
export interface Asked {
  readonly method: string;
  /** The operation at its method and path; undefined for unknown ones. */
  readonly operation: Operation | undefined;
}

/** Checks responses against the contract. */
export interface AnswerCheck {
  /** What is wrong with the response to a request; undefined if nothing is. */
  readonly response: (asked: Asked, response: WireAnswer) => string | undefined;
  /** The same for invalid HTTP: any refusal with a reason is right. */
  readonly refusal: (response: WireAnswer) => string | undefined;
  /** The same for a server that can't write its data: any documented error is right. */
  readonly failure: (response: WireAnswer) => string | undefined;
  /** Whether the contract allows a JSON body for an operation. */
  readonly isLawfulBody: (operation: Operation, body: unknown) => boolean;
  /** The documented fields of a JSON body; others are ignored. */
  readonly fieldsOf: (operation: Operation) => ReadonlySet<string>;
  /** The operation at a method and a path from the root. */
  readonly operationAt: (method: string, path: string) => Operation | undefined;
}

const json = 'application/json';

/** The statuses that HTTP defines for invalid requests; the contract covers valid HTTP only. */
const transportStatuses: ReadonlySet<number> = new Set([
  ...[400, 401, 404, 405, 408, 411, 413, 414, 415, 417, 421, 426, 431],
]);

type Compile = ReturnType<typeof createSchemaCompiler>;

export const createAnswerCheck = (contract: Contract): AnswerCheck => {
  const compile = createSchemaCompiler(contract.document);
  // Header values are strings, numbers too.
  const compileHeader = createSchemaCompiler(contract.document, { coerceTypes: true });
  const operations = Object.values(contract.operations);
  const errors = new Map(
    operations
      .flatMap(({ responses }) => Object.values(responses))
      .filter(({ codes }) => codes.length > 0)
      .map((response) => [response.status, response]),
  );
  const refusal = (response: WireAnswer): string | undefined =>
    transportStatuses.has(response.status)
      ? checkErrorBody(response)
      : `status ${response.status} for invalid HTTP`;
  return {
    refusal,
    failure: (response) =>
      errors.has(response.status) ? checkErrorBody(response) : `status ${response.status}`,
    response: ({ method, operation }, response) => {
      const { status } = response;
      // CORS preflights are not in the contract.
      if (method === 'OPTIONS' && status === 204) return undefined;
      if (status >= 500) return `status ${status}: ${response.body.slice(0, 200)}`;
      const expected = operation ? operation.responses[status] : errors.get(status);
      if (!expected) return `status ${status}, which the contract doesn't document`;
      if (method === 'HEAD') return undefined;
      const headers = operation && checkHeaders(expected, response, compileHeader);
      return headers ?? checkBody(expected, response, compile);
    },
    isLawfulBody: (operation, body) => {
      const media = operation.body[json];
      return media === undefined || compile(media.schema)(body);
    },
    fieldsOf: ({ body }) =>
      new Set(body[json] ? propertiesOf(contract, schemaAt(contract, body[json].schema)) : []),
    operationAt: createMatcher(contract, operations),
  };
};

/** The property names of an object schema, including those in `allOf`. */
const propertiesOf = (contract: Contract, schema: Readonly<Record<string, unknown>>): string[] => {
  const { properties = {}, allOf = [] } = schema as {
    properties?: object;
    allOf?: { $ref?: Pointer }[];
  };
  const branches = allOf.map((one) => (one.$ref ? schemaAt(contract, one.$ref) : { ...one }));
  return [
    ...Object.keys(properties),
    ...branches.flatMap((branch) => propertiesOf(contract, branch)),
  ];
};

const createMatcher = ({ productionUrl }: Contract, operations: readonly Operation[]) => {
  const base = new URL(productionUrl).pathname;
  const known = operations.map((operation) => {
    const path = operation.path.replaceAll(/\{\w+\}/g, '[^/]+');
    return { operation, pattern: new RegExp(`^${base}${path}$`, 's') };
  });
  return (method: string, path: string): Operation | undefined =>
    known.find(({ operation, pattern }) => operation.method === method && pattern.test(path))
      ?.operation;
};

const checkHeaders = (
  expected: ContractResponse,
  { headers }: WireAnswer,
  compile: Compile,
): string | undefined => {
  for (const [name, { required, schema }] of Object.entries(expected.headers)) {
    const [value, ...others] = headers.get(name.toLowerCase()) ?? [];
    if (others.length > 0) return `the header ${name} is repeated`;
    if (value === undefined ? required : !compile(schema)(value) || /infinity|nan/i.test(value)) {
      return `the header ${name} is ${value ?? 'missing'}`;
    }
  }
  return undefined;
};

const checkBody = (
  expected: ContractResponse,
  response: WireAnswer,
  compile: Compile,
): string | undefined => {
  const type = response.headers.get('content-type')?.join();
  const media = type === undefined ? undefined : expected.content[type];
  if (!media) return `the Content-Type is ${type ?? 'missing'}`;
  const body = parse(response.body);
  if (body === undefined) return `the body isn't JSON: ${response.body.slice(0, 200)}`;
  const validate = compile(media.schema);
  if (!validate(body)) {
    const [error] = validate.errors ?? [];
    return `the body breaks the contract: ${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  }
  if (expected.codes.length > 0) return checkErrorBody(response);
  return checkMeta((body as { meta?: object }).meta ?? {});
};

/** Numbers in `meta` must be safe integers. */
const checkMeta = (meta: object): string | undefined => {
  const odd = Object.entries(meta).find(([, value]) => !Number.isSafeInteger(value));
  return odd && `meta.${odd[0]} is not a safe integer: ${String(odd[1])}`;
};

/** Text that no message for users contains: stack traces, paths, unformatted objects. */
const internals = /\bat .+:\d+:\d+|node_modules|\[object \w+\]/;

const checkErrorBody = ({ headers, body }: WireAnswer): string | undefined => {
  if (headers.get('content-type')?.join() !== json) return 'a refusal without a JSON body';
  const { error } = (parse(body) ?? {}) as { error?: { code?: unknown; message?: unknown } };
  if (typeof error?.code !== 'string' || typeof error.message !== 'string' || !error.message) {
    return 'a refusal without code and message';
  }
  return internals.test(error.message)
    ? `a refusal whose message shows internals: ${error.message}`
    : undefined;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
