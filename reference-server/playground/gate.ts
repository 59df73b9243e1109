import type { NextFunction, Request, Response } from 'express';
import type { Contract, Operation } from '../../openapi/contract.ts';
import { createStandardAllowance, rateLimitHeaders } from '../http/rate-limit.ts';
import { type ErrorTable, refusalOf } from '../http/refusals.ts';
import { type Answer, answerRefusal, send } from '../http/response.ts';
import { createMatcher, pathBelow, splitTarget } from '../http/routing.ts';
import type { SelfCheck } from '../http/self-check.ts';
import type { Services } from '../runtime/services.ts';
import { createCors } from './cors.ts';
import { appliedHeader, exampleAnswer, formatPreference, readPreference } from './prefer.ts';

/** The dependencies of the playground. */
export interface GateParts {
  readonly contract: Contract;
  readonly errors: ErrorTable;
  readonly services: Services;
  /** Logs an internal error; secrets are masked. */
  readonly complain: Services['complain'];
  readonly selfCheck: SelfCheck;
  /** The delay of responses without a `Prefer: delay`, in milliseconds. */
  readonly delay: number;
}

/** A stage before the API, which passes on requests that it doesn't respond to. */
export type Gate = (
  request: Request,
  response: Response,
  next: NextFunction,
) => Promise<void> | undefined;

/**
 * The features of a mock in front of the API: CORS, delays, and preferred responses (Prefer).
 * Requests for other paths are passed on unchanged.
 */
export const createGate = (parts: GateParts): Gate => {
  const { contract, errors, complain } = parts;
  const basePath = new URL(contract.productionUrl).pathname;
  const match = createMatcher(Object.values(contract.operations));
  const permit = createCors(contract);
  const grant = createGrant(parts);
  // For every caller: the contract's 400 has both headers.
  const headers = rateLimitHeaders(createStandardAllowance(contract.plans));
  const hold = async (
    prefer: string,
    path: string,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const operation = match(request.method, path)?.route;
    const made = await grant(prefer, operation, response).catch((error: unknown) =>
      answerRefusal(errors, refusalOf(error, request, complain), headers),
    );
    if (made === 'pass') next();
    else if (made === 'gone') response.destroy();
    else send(response, made);
  };
  return (request, response, next) => {
    const path = pathBelow(basePath, splitTarget(request.url).path);
    const permission = path === undefined ? undefined : permit(request, response);
    if (permission) {
      send(response, permission);
      return undefined;
    }
    const { prefer = '' } = request.headers;
    if (path === undefined || (prefer === '' && parts.delay === 0)) {
      next();
      return undefined;
    }
    return hold(String(prefer), path, request, response, next);
  };
};

/**
 * Waits, and returns the preferred response, if there is one; `gone` if the client disconnects
 * during the delay.
 */
const createGrant =
  ({ contract, services, selfCheck, delay }: GateParts) =>
  async (
    prefer: string,
    operation: Operation | undefined,
    response: Response,
  ): Promise<Answer | 'pass' | 'gone'> => {
    const wish = readPreference(prefer, operation);
    const { clock } = services;
    const gone = watchGone(response);
    await clock.sleepUntil(clock.now() + (wish.delay ?? delay), gone);
    if (gone.aborted) return 'gone';
    const applied = formatPreference(wish);
    if (applied !== '') response.setHeader(appliedHeader, applied);
    if (!wish.answer) return 'pass';
    const made = exampleAnswer(contract, wish.answer.operation, wish.answer.status);
    selfCheck(wish.answer.operation, made);
    return made;
  };

/** A signal that aborts when the client closes its connection, or only its own half of it. */
const watchGone = (response: Response): AbortSignal => {
  const gone = new AbortController();
  const leave = (): void => {
    gone.abort();
  };
  const { socket } = response.req;
  if (socket.readableEnded) leave();
  socket.once('end', leave);
  response.once('close', () => {
    socket.off('end', leave);
    leave();
  });
  return gone.signal;
};
