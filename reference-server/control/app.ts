import type { NextFunction, Request, Response } from 'express';
import type { Contract } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import type { Exchange } from '../http/body-bytes.ts';
import type { HandlerResult } from '../http/handler.ts';
import { createReadBody } from '../http/read-body.ts';
import { type ErrorTable, Refusal, toRefusal } from '../http/refusals.ts';
import {
  jsonResponse,
  type PreparedResponse,
  refusalToResponse,
  sendResponse,
} from '../http/response.ts';
import { createMatcher, pathBelow, splitTarget } from '../http/routing.ts';
import { createValidate, requestSchemaOptions } from '../http/schema-validation.ts';
import type { Services } from '../runtime/services.ts';
import type { State } from '../state/state.ts';
import type { Commit } from '../state/transaction.ts';
import type { QueueLimits } from '../webhooks/queue.ts';
import { type ControlContract, createControlSelfCheck } from './contract.ts';
import { createGuard, type GuardConfig } from './guard.ts';
import type { AfterCommit } from './handler.ts';
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
  readonly logError: Services['logError'];
}

type ControlMiddleware = (
  request: Request,
  response: Response,
  next: NextFunction,
) => Promise<void> | undefined;

/** The control API; requests for other paths are passed on. */
export const createControl = (parts: ControlParts): ControlMiddleware => {
  const { control, contract, errors, state, commit, services, logError, queueLimits } = parts;
  const capabilities = Object.keys(controlHandlers);
  const context = { contract, state, services, capabilities, queueLimits };
  const guard = createGuard(parts.config);
  const match = createMatcher(control.operations);
  const selfCheck = parts.config.selfCheck ? createControlSelfCheck(control) : undefined;
  const compile = createSchemaCompiler(control.document, requestSchemaOptions);
  const readBody = createReadBody(
    { document: control.document, jsonBodyLimit: contract.jsonBodyLimit },
    createValidate(compile),
  );

  const respondTo = async (exchange: Exchange, path: string): Promise<PreparedResponse> => {
    guard(exchange.request);
    const matched = match(exchange.request.method, path);
    if (!matched) throw new Refusal('not_found', 'There is no operation at this path and method.');
    const { id, body, success } = matched.route;
    const handler = controlHandlers[id] as (request: never) => HandlerResult<unknown> & AfterCommit;
    const input = { ...context, ...(await readBody(body, exchange)), params: matched.params };
    const { prepared, afterCommit } = await commit(() => {
      const result = handler(input as never);
      const prepared = jsonResponse(success, result.body);
      selfCheck?.(matched.route, prepared);
      return { prepared, afterCommit: result.afterCommit };
    });
    afterCommit?.();
    return prepared;
  };

  return (request, response, next) => {
    const path = pathBelow(control.basePath, splitTarget(request.url).path);
    if (path === undefined) {
      next();
      return undefined;
    }
    return respondTo({ request, response }, path)
      .catch((error: unknown) => refusalToResponse(errors, toRefusal(error, request, logError)))
      .then((prepared) => {
        sendResponse(response, prepared);
      });
  };
};
