import type { Contract, ContractResponse, Operation } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { ErrorTable } from './refusals.ts';
import type { Answer } from './response.ts';
import { describeProblem } from './validation-messages.ts';

/** An answer of this server's own that breaks the contract. */
export class ContractViolation extends Error {}

/**
 * Holds an answer against the contract: status, headers, media type and body.
 *
 * @param operation - the operation that was asked for; undefined for a path that is none
 * @throws ContractViolation
 */
export type SelfCheck = (operation: Operation | undefined, answer: Answer) => void;

/** The check of a server that trusts itself. */
export const noSelfCheck: SelfCheck = () => undefined;

export const createSelfCheck = (contract: Contract, errors: ErrorTable): SelfCheck => {
  const compile = createSchemaCompiler(contract.document, { verbose: true });
  // Headers are text; numbers among them have to be read first.
  const compileHeader = createSchemaCompiler(contract.document, {
    verbose: true,
    coerceTypes: true,
  });
  return (operation, answer) => {
    const where = `${operation?.id ?? 'an unknown path'} ${answer.status}`;
    const expected = operation?.responses[answer.status] ?? unknownPath(operation, answer, errors);
    if (!expected) throw new ContractViolation(`${where}: the contract has no such answer.`);
    for (const [name, { required, schema }] of Object.entries(expected.headers)) {
      const value = answer.headers[name];
      const validate = compileHeader(schema);
      // Outside the operations no limit may be known yet, and so no headers of it (LG-LIM-024).
      if (value === undefined ? required && operation !== undefined : !validate(value)) {
        throw new ContractViolation(`${where}: the header ${name} is ${value ?? 'missing'}.`);
      }
    }
    requireBody(where, expected, answer, compile);
  };
};

/** What isn't one of the contract's operations is answered with its errors all the same. */
const unknownPath = (
  operation: Operation | undefined,
  { status }: Answer,
  errors: ErrorTable,
): ContractResponse | undefined => (operation ? undefined : errors.responseOf(status));

const requireBody = (
  where: string,
  { content }: ContractResponse,
  { headers, body }: Answer,
  compile: ReturnType<typeof createSchemaCompiler>,
): void => {
  const media = content[headers['Content-Type'] ?? ''];
  if (!media || body === undefined) {
    throw new ContractViolation(`${where}: no body of a documented type.`);
  }
  const validate = compile(media.schema);
  if (!validate(JSON.parse(body))) {
    throw new ContractViolation(`${where}: ${describeProblem(validate.errors, 'the body')}`);
  }
};
