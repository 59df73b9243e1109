import type { NextFunction, Request, Response } from 'express';
import type { Mask } from '../secrets.ts';
import { timestamp, type Clock } from '../services.ts';

/** What the log is made of. */
export interface LogParts {
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** What time it is for the server. */
  readonly clock: Clock;
  /** Milliseconds since some moment; unlike the clock nobody moves it. */
  readonly elapsed: () => number;
  /** Leaves secrets out. */
  readonly mask: Mask;
}

type Log = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Writes a line for each request when it is over: time, method, target, status, milliseconds. Keys
 * stand in headers, which aren't written; one that strayed into the target is left out there.
 */
export const createRequestLog = ({ write, clock, elapsed, mask }: LogParts): Log => {
  return ({ method, url }, response, next) => {
    const began = elapsed();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'gone';
      const took = `${Math.round(elapsed() - began)} ms`;
      write([timestamp(clock.now()), method, mask(url), status, took].join(' '));
    });
    next();
  };
};
