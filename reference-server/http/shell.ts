import { createServer, IncomingMessage, ServerResponse, type Server } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';

/**
 * An Express application without what this server does itself.
 *
 * The X-Powered-By header is off. Express routes nothing and sends nothing here, so that how it
 * compares paths and makes ETags doesn't matter.
 */
export const createShell = (): Express => {
  const shell = express();
  shell.disable('x-powered-by');
  return shell;
};

/**
 * A server for an Express application, whose requests and responses are born with the prototypes
 * that Express wants: giving them others on every request costs more than all else that it does.
 *
 * They are classes, since the engine lays out instances by the class chain: made by a function that
 * calls `Reflect.construct`, a JSON GET was measured at 3 thousand req/s, this way at 15.
 */
export const createShellServer = (shell: Express): Server => {
  class ShellRequest extends IncomingMessage {}
  class ShellResponse extends ServerResponse {}
  shell.request = between(ShellRequest.prototype, shell.request);
  shell.response = between(ShellResponse.prototype, shell.response);
  const server = createServer(
    {
      IncomingMessage: ShellRequest,
      ServerResponse: ShellResponse,
      // A request without Host gets a JSON answer like any other.
      requireHostHeader: false,
      // Longer than clients keep connections, so that none is closed under a request.
      keepAliveTimeout: 75_000,
    },
    shell,
  );
  // What nobody can fulfil is passed over; Node would answer 417 without a body (LG-GEN-003).
  server.on('checkExpectation', shell);
  return server;
};

/** One stage that a request passes; it answers, or calls `next` for the one behind it. */
export type Stage = (request: Request, response: Response, next: NextFunction) => unknown;

/**
 * Several stages as one: a request that passes three of Express's own layers spends a tenth of its
 * time between them.
 */
export const inTurn =
  (stages: readonly Stage[]): Stage =>
  (request, response, next) => {
    const pass = (index: number): void => {
      const stage = stages[index];
      if (!stage) {
        next();
        return;
      }
      const done = stage(request, response, () => {
        pass(index + 1);
      });
      // Express answers for what a stage didn't expect.
      if (done instanceof Promise) done.catch(next);
    };
    pass(0);
  };

/** Puts a prototype in front of Express's, and gives it out as Express's. */
const between = <Prototype extends object>(own: object, expresss: Prototype): Prototype =>
  Object.setPrototypeOf(own, expresss) as Prototype;
