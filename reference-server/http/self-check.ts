import type { Contract, ContractResponse, Operation } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { ErrorTable } from './refusals.ts';
import type { PreparedResponse } from './response.ts';
import { describeProblem } from './validation-messages.ts';

/** A response of this server that breaks the contract. */
export class ContractViolation extends Error {}

/**
 * Checks a response against the contract: status, headers, media type and body.
 *
 * @param operation - the operation of the request; undefined for an unknown path
 * @throws ContractViolation
 */
export type SelfCheck = (operation: Operation | undefined, answer: PreparedResponse) => void;

/** Checks nothing. */
export const noSelfCheck: SelfCheck = () => undefined;

export const createSelfCheck = (contract: Contract, errors: ErrorTable): SelfCheck => {
  const compile = createSchemaCompiler(contract.document, { verbose: true });
  // Headers are text; numbers among them need coercion.
  const compileHeader = createSchemaCompiler(contract.document, {
    verbose: true,
    coerceTypes: true,
  });
  return (operation, answer) => {
    const location = `${operation?.id ?? 'an unknown path'} ${answer.status}`;
    const expected = operation?.responses[answer.status] ?? unknownPath(operation, answer, errors);
    if (!expected) throw new ContractViolation(`${location}: the contract has no such response.`);
    for (const [name, { required, schema }] of Object.entries(expected.headers)) {
      const value = answer.headers[name];
      const validate = compileHeader(schema);
      // Outside the operations the limit may be unknown, and so the headers absent (LG-LIM-024).
      if (value === undefined ? required && operation !== undefined : !validate(value)) {
        throw new ContractViolation(`${location}: the header ${name} is ${value ?? 'missing'}.`);
      }
    }
    requireBody(location, expected, answer, compile);
  };
};

/** Requests for unknown paths get the contract's errors too. */
const unknownPath = (
  operation: Operation | undefined,
  { status }: PreparedResponse,
  errors: ErrorTable,
): ContractResponse | undefined => (operation ? undefined : errors.responseOf(status));

const requireBody = (
  location: string,
  { content }: ContractResponse,
  { headers, body }: PreparedResponse,
  compile: ReturnType<typeof createSchemaCompiler>,
): void => {
  const media = content[headers['Content-Type'] ?? ''];
  if (!media || body === undefined) {
    throw new ContractViolation(`${location}: no body of a documented type.`);
  }
  const validate = compile(media.schema);
  if (!validate(JSON.parse(body))) {
    throw new ContractViolation(`${location}: ${describeProblem(validate.errors, 'the body')}`);
  }
};
