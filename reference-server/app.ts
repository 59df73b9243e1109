import type { Request, Response } from 'express';
import { type Contract, type Operation, schemaAt } from '../openapi/contract.ts';
import { createSchemaCompiler } from '../openapi/schema-compiler.ts';
import {
  createAuthenticate,
  requireOrganization,
  requirePlan,
  requireScopes,
} from './http/access.ts';
import type { Exchange } from './http/body-bytes.ts';
import { createReadQuery } from './http/query.ts';
import {
  type Allowance,
  createRateLimiter,
  rateLimitHeaders,
  requireAllowance,
} from './http/rate-limit.ts';
import { createReadBody } from './http/read-body.ts';
import { type ErrorTable, PlannedFailure, Refusal, toRefusal } from './http/refusals.ts';
import {
  createDateFormatter,
  jsonResponse,
  type PreparedResponse,
  refusalToResponse,
  sendResponse,
} from './http/response.ts';
import {
  createMatcher,
  type HandlerTable,
  type Match,
  pathBelow,
  requireServed,
  splitTarget,
} from './http/routing.ts';
import { createValidate, requestSchemaOptions } from './http/schema-validation.ts';
import type { SelfCheck } from './http/self-check.ts';
import type { Services } from './runtime/services.ts';
import type { Organization } from './state/organization.ts';
import type { State } from './state/state.ts';
import type { Change, Commit, Outcome, Store } from './state/transaction.ts';
import { recordEvents } from './webhooks/events.ts';
import { defaultQueueLimits, type QueueLimits } from './webhooks/queue.ts';

/** The dependencies of the API. */
export interface AppParts {
  readonly contract: Contract;
  readonly errors: ErrorTable;
  readonly handlers: HandlerTable;
  readonly state: State;
  readonly commit: Commit;
  readonly services: Services;
  /** Logs an internal error; secrets are masked. */
  readonly logError: Services['logError'];
  readonly selfCheck: SelfCheck;
}

/** Responds to a request; never rejects. */
export type Listener = (request: Request, response: Response) => Promise<void>;

/** What is known about a request so far; a refusal needs it too. */
interface RequestProgress {
  match: Match<Operation> | undefined;
  /** Undefined until the caller, and so the limit, is known. */
  allowance: Allowance | undefined;
}

/** The API: the steps of every request, in order (LG-ERR-027). */
export const createApp = (parts: AppParts): Listener => {
  const { contract, handlers, state, commit, services, selfCheck } = parts;
  const basePath = new URL(contract.productionUrl).pathname;
  const match = createMatcher(Object.values(contract.operations));
  const authenticate = createAuthenticate(state, services.clock, contract.keyPrefix);
  const limiter = createRateLimiter(contract.plans, services.clock);
  const validate = createValidate(
    createSchemaCompiler(contract.document, requestSchemaOptions),
    (pointer) => schemaAt(contract, pointer)['description'] as string | undefined,
  );
  const readQuery = createReadQuery(contract, validate);
  const readBody = createReadBody(contract, validate);
  const [refuse, formatDate] = [createRefuse(parts), createDateFormatter()];

  const respondTo = async (exchange: Exchange, progress: RequestProgress) => {
    const { method, url, headers } = exchange.request;
    const { path, query } = splitTarget(url);
    const below = pathBelow(basePath, path);
    if (below === undefined) throw new Refusal('not_found', `The API is under ${basePath}.`);
    progress.match = match(method, below);

    const caller = authenticate(headers.authorization);
    requirePlan(contract.plans, caller.organization.plan);
    progress.allowance = limiter.countRequest(caller.organization);
    requireAllowance(progress.allowance);

    const { operation, handler, params } = requireServed(progress.match, handlers);
    requireScopes(operation.scopes, caller.scopes);
    const values = readQuery(operation, query);
    const { body, files } = await readBody(operation.body, exchange);

    const organization = requireOrganization(state, caller.organization.id);
    const { clock, newId } = services;
    return commit(() => {
      const input = { params, query: values, body, files };
      const context = { organization, contract, clock, newId };
      const result = handler(Object.assign(input, context) as never);
      failIfPlanned(organization);
      const headers = rateLimitHeaders(progress.allowance);
      const prepared = jsonResponse(operation.success, result.body, headers);
      selfCheck(operation, prepared);
      return prepared;
    });
  };

  return async (request, response) => {
    const exchange = { request, response };
    const progress: RequestProgress = { match: undefined, allowance: undefined };
    const prepared = await respondTo(exchange, progress).catch((error: unknown) =>
      refuse(request, progress, error),
    );
    sendResponse(response, prepared, formatDate(services.clock.now()));
  };
};

/** Fails a request after its work is done, if a test planned that (LG-ERR-020 to LG-ERR-022). */
const failIfPlanned = ({ plannedFaults }: Organization): void => {
  if (plannedFaults.delete('request')) throw new PlannedFailure('The request failed as planned.');
};

/**
 * Turns an error into a refusal; a refusal that breaks the contract is itself an internal error.
 */
const createRefuse =
  ({ errors, logError, selfCheck }: AppParts) =>
  (request: Request, { match, allowance }: RequestProgress, error: unknown): PreparedResponse => {
    const operation = match?.route;
    const respond = (reason: unknown): PreparedResponse =>
      refusalToResponse(errors, toRefusal(reason, request, logError), rateLimitHeaders(allowance));
    const prepared = respond(error);
    try {
      selfCheck(operation, prepared);
      return prepared;
    } catch (violation) {
      return respond(violation);
    }
  };

/**
 * @param wake - called with the changes of each commit once they are saved
 * @param limits - how many events may wait for an endpoint
 */
export const createCommit =
  (
    state: State,
    store: Store,
    services: Services,
    wake: (changes: readonly Change[]) => void,
    limits: QueueLimits = defaultQueueLimits,
  ): Commit =>
  async <T>(work: () => T) => {
    let outcome: Outcome<T>;
    try {
      outcome = state.transact(() => {
        const done = work();
        recordEvents(state, services, limits);
        return done;
      });
    } catch (error) {
      // A refusal can also reveal earlier changes, so it waits until those are saved.
      await store.write([], () => undefined);
      throw error;
    }
    const { result, changes, undo } = outcome;
    await store.write(changes, undo);
    wake(changes);
    return result;
  };
