import type { NextFunction, Request, Response } from 'express';
import { timestamp, type Clock } from '../services.ts';

/** What the log is made of. */
export interface LogParts {
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** What time it is for the server. */
  readonly clock: Clock;
  /** Milliseconds since some moment; unlike the clock nobody moves it. */
  readonly elapsed: () => number;
  readonly keyPrefix: string;
}

type Log = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Writes a line for each request when it is over: time, method, target, status, milliseconds. Keys
 * stand in headers, which aren't written; one that strayed into the target is left out there.
 */
export const createRequestLog = ({ write, clock, elapsed, keyPrefix }: LogParts): Log => {
  const key = new RegExp(`${keyPrefix}[\\w-]*`, 'g');
  return ({ method, url }, response, next) => {
    const began = elapsed();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'gone';
      const target = url.replace(key, `${keyPrefix}…`);
      const took = `${Math.round(elapsed() - began)} ms`;
      write([timestamp(clock.now()), method, target, status, took].join(' '));
    });
    next();
  };
};
