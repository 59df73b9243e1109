import type { NextFunction, Request, Response } from 'express';
import type { Contract } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { Exchange } from '../http/body-bytes.ts';
import { createReadBody } from '../http/body.ts';
import type { HandlerResult } from '../http/handler.ts';
import { type ErrorTable, Refusal, refusalOf } from '../http/refusals.ts';
import { type Answer, answerRefusal, answerWith, send } from '../http/response.ts';
import { createMatcher, pathBelow, splitTarget } from '../http/routing.ts';
import { createValidate, requestSchemaOptions } from '../http/validation.ts';
import type { Services } from '../runtime/services.ts';
import type { State } from '../state/state.ts';
import type { Commit } from '../state/transaction.ts';
import type { QueueLimits } from '../webhooks/queue.ts';
import { type ControlContract, createControlSelfCheck } from './contract.ts';
import { createGuard, type GuardConfig } from './guard.ts';
import type { Afterwards } from './handler.ts';
import { controlHandlers } from './handlers.ts';

/** The dependencies of the control API. */
export interface ControlParts {
  readonly config: GuardConfig & { readonly selfCheck: boolean };
  readonly control: ControlContract;
  readonly contract: Contract;
  readonly errors: ErrorTable;
  readonly state: State;
  readonly commit: Commit;
  readonly services: Services;
  readonly queueLimits: QueueLimits;
  /** Logs an internal error; secrets are masked. */
  readonly complain: Services['complain'];
}

type ControlMiddleware = (
  request: Request,
  response: Response,
  next: NextFunction,
) => Promise<void> | undefined;

/** The control API; requests for other paths are passed on. */
export const createControl = (parts: ControlParts): ControlMiddleware => {
  const { control, contract, errors, state, commit, services, complain, queueLimits } = parts;
  const capabilities = Object.keys(controlHandlers);
  const installation = { contract, state, services, capabilities, queueLimits };
  const guard = createGuard(parts.config);
  const match = createMatcher(control.operations);
  const selfCheck = parts.config.selfCheck ? createControlSelfCheck(control) : undefined;
  const compile = createSchemaCompiler(control.document, requestSchemaOptions);
  const readBody = createReadBody(
    { document: control.document, jsonBodyLimit: contract.jsonBodyLimit },
    createValidate(compile),
  );

  const answer = async (exchange: Exchange, path: string): Promise<Answer> => {
    guard(exchange.request);
    const found = match(exchange.request.method, path);
    if (!found) throw new Refusal('not_found', 'There is no operation at this path and method.');
    const { id, body, success } = found.route;
    const handler = controlHandlers[id] as (request: never) => HandlerResult<unknown> & Afterwards;
    const input = { ...installation, ...(await readBody(body, exchange)), params: found.params };
    const { made, afterwards } = await commit(() => {
      const reply = handler(input as never);
      const made = answerWith(success, reply.body);
      selfCheck?.(found.route, made);
      return { made, afterwards: reply.afterwards };
    });
    afterwards?.();
    return made;
  };

  return (request, response, next) => {
    const path = pathBelow(control.basePath, splitTarget(request.url).path);
    if (path === undefined) {
      next();
      return undefined;
    }
    return answer({ request, response }, path)
      .catch((error: unknown) => answerRefusal(errors, refusalOf(error, request, complain)))
      .then((made) => {
        send(response, made);
      });
  };
};
