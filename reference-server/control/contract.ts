import { type Media, type Pointer, readGenerated } from '../../openapi/contract.ts';
import type { operations } from '../../openapi/generated/control.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { PreparedResponse } from '../http/response.ts';
import { ContractViolation } from '../http/self-check.ts';
import { describeProblem } from '../http/validation-messages.ts';

export type ControlOperationId = keyof operations;

/** One operation of the control API. */
interface ControlOperation {
  readonly id: ControlOperationId;
  readonly method: string;
  /** The path template below the base path. */
  readonly path: string;
  readonly body: Readonly<Record<string, Media>>;
  readonly success: number;
  /** The schemas of the response bodies by status, or `4XX`; null for a response without a body. */
  readonly responses: Readonly<Record<string, Pointer | null>>;
}

export interface ControlContract {
  readonly document: object;
  readonly basePath: string;
  readonly operations: readonly ControlOperation[];
}

interface Description {
  readonly servers: readonly [{ readonly url: string }];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationNode>>>>;
}

interface OperationNode {
  readonly operationId?: ControlOperationId;
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, ResponseNode>>;
}

interface ResponseNode {
  readonly $ref?: Pointer;
  readonly content?: unknown;
}

/** Reads the control API's description. */
export const readControlContract = (): ControlContract => {
  const document = readGenerated('control.json') as Description;
  return {
    document,
    basePath: new URL(document.servers[0].url).pathname,
    operations: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, node]) => readOperation(path, method, node)),
    ),
  };
};

const readOperation = (path: string, method: string, node: OperationNode): ControlOperation[] => {
  if (node.operationId === undefined) return [];
  const at: Pointer = `#/paths/${path.replaceAll('/', '~1')}/${method}`;
  const types = Object.keys(node.requestBody?.content ?? {});
  const body = types.map((type): [string, Media] => [
    type,
    { schema: `${at}/requestBody/content/${type.replaceAll('/', '~1')}/schema`, examples: {} },
  ]);
  return [
    {
      id: node.operationId,
      method: method.toUpperCase(),
      path,
      body: Object.fromEntries(body),
      responses: readResponseSchemas(at, node),
      success: Math.min(...Object.keys(node.responses).map(Number).filter(Boolean)),
    },
  ];
};

const readResponseSchemas = (
  at: Pointer,
  { responses }: OperationNode,
): Record<string, Pointer | null> =>
  Object.fromEntries(
    Object.entries(responses).map(([status, { $ref, content }]) => {
      const response: Pointer = $ref ?? `${at}/responses/${status}`;
      const schema: Pointer = `${response}/content/application~1json/schema`;
      return [status, $ref !== undefined || content !== undefined ? schema : null];
    }),
  );

/**
 * Checks a response against the control API's description.
 *
 * @throws ContractViolation
 */
export type ControlSelfCheck = (operation: ControlOperation, answer: PreparedResponse) => void;

export const createControlSelfCheck = ({ document }: ControlContract): ControlSelfCheck => {
  const compile = createSchemaCompiler(document, { verbose: true });
  return ({ id, responses: answers }, { status, body }) => {
    const location = `${id} ${status}`;
    const schema = answers[status] ?? answers[`${String(status).charAt(0)}XX`];
    if (body === undefined && answers[status] === null) return;
    if (!schema || body === undefined) {
      throw new ContractViolation(`${location}: not a response of the control API.`);
    }
    const validate = compile(schema);
    if (!validate(JSON.parse(body))) {
      throw new ContractViolation(`${location}: ${describeProblem(validate.errors, 'body')}`);
    }
  };
};
