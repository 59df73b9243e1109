import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { Answer } from '../http/answer.ts';
import { describeProblem } from '../http/complaint.ts';
import { ContractViolation } from '../http/self-check.ts';
import type { ControlContract, ControlOperation } from './contract.ts';

/**
 * Holds an answer against the control API's description.
 *
 * @throws ContractViolation
 */
export type ControlSelfCheck = (operation: ControlOperation, answer: Answer) => void;

export const createControlSelfCheck = ({ document }: ControlContract): ControlSelfCheck => {
  const compile = createSchemaCompiler(document, { verbose: true });
  return ({ id, answers }, { status, body }) => {
    const where = `${id} ${status}`;
    const schema = answers[status] ?? answers[`${String(status).charAt(0)}XX`];
    if (body === undefined && answers[status] === null) return;
    if (!schema || body === undefined) {
      throw new ContractViolation(`${where}: not an answer of the control API.`);
    }
    const validate = compile(schema);
    if (!validate(JSON.parse(body))) {
      throw new ContractViolation(`${where}: ${describeProblem(validate.errors, 'body')}`);
    }
  };
};
