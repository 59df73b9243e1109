import type { NextFunction, Request, Response } from 'express';
import type { Contract, Operation } from '../../openapi/contract.ts';
import { createStandardAllowance, rateLimitHeaders } from '../http/rate-limit.ts';
import { type ErrorTable, toRefusal } from '../http/refusals.ts';
import { type PreparedResponse, refusalToResponse, sendResponse } from '../http/response.ts';
import { createMatcher, pathBelow, splitTarget } from '../http/routing.ts';
import type { SelfCheck } from '../http/self-check.ts';
import type { Services } from '../runtime/services.ts';
import { createCors } from './cors.ts';
import {
  appliedHeader,
  exampleResponse,
  formatPreference,
  readPreference,
} from './prefer-header.ts';

/** The dependencies of the playground. */
export interface PlaygroundParts {
  readonly contract: Contract;
  readonly errors: ErrorTable;
  readonly services: Services;
  /** Logs an internal error; secrets are masked. */
  readonly logError: Services['logError'];
  readonly selfCheck: SelfCheck;
  /** The delay of responses without a `Prefer: delay`, in milliseconds. */
  readonly delay: number;
}

/** A stage before the API, which passes on requests that it doesn't respond to. */
export type PlaygroundMiddleware = (
  request: Request,
  response: Response,
  next: NextFunction,
) => Promise<void> | undefined;

/**
 * The features of a mock in front of the API: CORS, delays, and preferred responses (Prefer).
 * Requests for other paths are passed on unchanged.
 */
export const createPlayground = (parts: PlaygroundParts): PlaygroundMiddleware => {
  const { contract, errors, logError } = parts;
  const basePath = new URL(contract.productionUrl).pathname;
  const match = createMatcher(Object.values(contract.operations));
  const handleCors = createCors(contract);
  const getPreferred = createPreferredResponse(parts);
  // For every caller: the contract's 400 has both headers.
  const headers = rateLimitHeaders(createStandardAllowance(contract.plans));
  const respond = async (
    prefer: string,
    path: string,
    request: Request,
    response: Response,
    next: NextFunction,
  ): Promise<void> => {
    const operation = match(request.method, path)?.route;
    const prepared = await getPreferred(prefer, operation, response).catch((error: unknown) =>
      refusalToResponse(errors, toRefusal(error, request, logError), headers),
    );
    if (prepared === 'pass') next();
    else if (prepared === 'disconnected') response.destroy();
    else sendResponse(response, prepared);
  };
  return (request, response, next) => {
    const path = pathBelow(basePath, splitTarget(request.url).path);
    const preflight = path === undefined ? undefined : handleCors(request, response);
    if (preflight) {
      sendResponse(response, preflight);
      return undefined;
    }
    const { prefer = '' } = request.headers;
    if (path === undefined || (prefer === '' && parts.delay === 0)) {
      next();
      return undefined;
    }
    return respond(String(prefer), path, request, response, next);
  };
};

/**
 * Waits, and returns the preferred response, if there is one; `disconnected` if the client disconnects
 * during the delay.
 */
const createPreferredResponse =
  ({ contract, services, selfCheck, delay }: PlaygroundParts) =>
  async (
    prefer: string,
    operation: Operation | undefined,
    response: Response,
  ): Promise<PreparedResponse | 'pass' | 'disconnected'> => {
    const preference = readPreference(prefer, operation);
    const { clock } = services;
    const disconnected = watchDisconnect(response);
    await clock.sleepUntil(clock.now() + (preference.delay ?? delay), disconnected);
    if (disconnected.aborted) return 'disconnected';
    const applied = formatPreference(preference);
    if (applied !== '') response.setHeader(appliedHeader, applied);
    if (!preference.response) return 'pass';
    const prepared = exampleResponse(
      contract,
      preference.response.operation,
      preference.response.status,
    );
    selfCheck(preference.response.operation, prepared);
    return prepared;
  };

/** A signal that aborts when the client closes its connection, or only its own half of it. */
const watchDisconnect = (response: Response): AbortSignal => {
  const disconnected = new AbortController();
  const disconnect = (): void => {
    disconnected.abort();
  };
  const { socket } = response.req;
  if (socket.readableEnded) disconnect();
  socket.once('end', disconnect);
  response.once('close', () => {
    socket.off('end', disconnect);
    disconnect();
  });
  return disconnected.signal;
};
