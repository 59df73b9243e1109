import {
  type Contract,
  type ContractResponse,
  type Operation,
  type Pointer,
  schemaAt,
} from '../../../openapi/contract.ts';
import { createSchemaCompiler } from '../../../openapi/schema-compiler.ts';
import type { WireAnswer } from './http-connection.ts';

/** What a request was, as far as its answer depends on it. */
export interface Asked {
  readonly method: string;
  /** The operation at its method and path; undefined where there is none. */
  readonly operation: Operation | undefined;
}

/** Holds answers against the contract. */
export interface AnswerCheck {
  /** What is wrong with the answer to a request; undefined if nothing is. */
  readonly answer: (asked: Asked, answer: WireAnswer) => string | undefined;
  /** The same for what never became a request: any refusal is right that says why. */
  readonly refusal: (answer: WireAnswer) => string | undefined;
  /** The same for a server that can't do its work, and may say so. */
  readonly failure: (answer: WireAnswer) => string | undefined;
  /** Whether a JSON body is one that the contract allows. */
  readonly isLawfulBody: (operation: Operation, body: unknown) => boolean;
  /** The fields that a JSON body can have; others are ignored. */
  readonly fieldsOf: (operation: Operation) => ReadonlySet<string>;
  /** The operation at a method and a path from the root. */
  readonly operationAt: (method: string, path: string) => Operation | undefined;
}

const json = 'application/json';

/** Statuses that HTTP gives to what is no request; the contract speaks of requests only. */
const transportStatuses: ReadonlySet<number> = new Set([
  ...[400, 401, 404, 405, 408, 411, 413, 414, 415, 417, 421, 426, 431],
]);

type Compile = ReturnType<typeof createSchemaCompiler>;

export const createAnswerCheck = (contract: Contract): AnswerCheck => {
  const compile = createSchemaCompiler(contract.document);
  // Headers are text; numbers among them have to be read first.
  const compileHeader = createSchemaCompiler(contract.document, { coerceTypes: true });
  const operations = Object.values(contract.operations);
  const errors = new Map(
    operations
      .flatMap(({ responses }) => Object.values(responses))
      .filter(({ codes }) => codes.length > 0)
      .map((response) => [response.status, response]),
  );
  const refusal = (answer: WireAnswer): string | undefined =>
    transportStatuses.has(answer.status)
      ? complainOfError(answer)
      : `status ${answer.status} for what is no request`;
  return {
    refusal,
    failure: (answer) =>
      errors.has(answer.status) ? complainOfError(answer) : `status ${answer.status}`,
    answer: ({ method, operation }, answer) => {
      const { status } = answer;
      // Permission for pages of other origins is no part of the contract.
      if (method === 'OPTIONS' && status === 204) return undefined;
      if (status >= 500) return `status ${status}: ${answer.body.slice(0, 200)}`;
      const expected = operation ? operation.responses[status] : errors.get(status);
      if (!expected) return `status ${status}, which the contract doesn't give`;
      if (method === 'HEAD') return undefined;
      const headers = operation && complainOfHeaders(expected, answer, compileHeader);
      return headers ?? complainOfBody(expected, answer, compile);
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

/** The names of the properties of an object schema, those of its branches too. */
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

const complainOfHeaders = (
  expected: ContractResponse,
  { headers }: WireAnswer,
  compile: Compile,
): string | undefined => {
  for (const [name, { required, schema }] of Object.entries(expected.headers)) {
    const [value, ...others] = headers.get(name.toLowerCase()) ?? [];
    if (others.length > 0) return `the header ${name} comes twice`;
    if (value === undefined ? required : !compile(schema)(value) || /infinity|nan/i.test(value)) {
      return `the header ${name} is ${value ?? 'missing'}`;
    }
  }
  return undefined;
};

const complainOfBody = (
  expected: ContractResponse,
  answer: WireAnswer,
  compile: Compile,
): string | undefined => {
  const type = answer.headers.get('content-type')?.join();
  const media = type === undefined ? undefined : expected.content[type];
  if (!media) return `the Content-Type is ${type ?? 'missing'}`;
  const body = parse(answer.body);
  if (body === undefined) return `the body isn't JSON: ${answer.body.slice(0, 200)}`;
  const validate = compile(media.schema);
  if (!validate(body)) {
    const [error] = validate.errors ?? [];
    return `the body breaks the contract: ${error?.instancePath ?? ''} ${error?.message ?? ''}`;
  }
  if (expected.codes.length > 0) return complainOfError(answer);
  return complainOfMeta((body as { meta?: object }).meta ?? {});
};

/** Figures that a client reads as integers must be ones. */
const complainOfMeta = (meta: object): string | undefined => {
  const odd = Object.entries(meta).find(([, value]) => !Number.isSafeInteger(value));
  return odd && `meta.${odd[0]} is no safe integer: ${String(odd[1])}`;
};

/** What a message would hold if it were meant for nobody. */
const innards = /\bat .+:\d+:\d+|node_modules|\[object \w+\]/;

const complainOfError = ({ headers, body }: WireAnswer): string | undefined => {
  if (headers.get('content-type')?.join() !== json) return 'a refusal without a JSON body';
  const { error } = (parse(body) ?? {}) as { error?: { code?: unknown; message?: unknown } };
  if (typeof error?.code !== 'string' || typeof error.message !== 'string' || !error.message) {
    return 'a refusal without code and message';
  }
  return innards.test(error.message) ? `a refusal that says ${error.message}` : undefined;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
