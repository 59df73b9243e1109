import type { Request, RequestHandler, Response } from 'express';

/** A request with what its answer will go to; Express's readers want both. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** Runs one of Express's readers on a request. Rejects with the error that it passes on. */
export const runMiddleware = (
  middleware: RequestHandler,
  { request, response }: Exchange,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const next = (passedOn?: unknown): void => {
      const error = passedOn as Error | null | undefined;
      if (error) reject(error);
      else resolve();
    };
    void middleware(request, response, next);
  });
