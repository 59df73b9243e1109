import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { countBody } from './body-bytes.ts';
import type { ConnectionLimits } from './connections.ts';

/**
 * An Express application without what this server does itself.
 *
 * The X-Powered-By header is off. Express routes nothing and sends nothing here, so that how it
 * compares paths and makes ETags doesn't matter.
 */
export const createExpressApp = (): Express => {
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
export const createNodeServer = (shell: Express, limits: ConnectionLimits): Server => {
  class ShellRequest extends IncomingMessage {
    override push(chunk: unknown, encoding?: BufferEncoding): boolean {
      countBody(this, chunk);
      return super.push(chunk, encoding);
    }
  }
  class ShellResponse extends ServerResponse {}
  shell.request = between(ShellRequest.prototype, shell.request);
  shell.response = between(ShellResponse.prototype, shell.response);
  const server = createServer({
    IncomingMessage: ShellRequest,
    ServerResponse: ShellResponse,
    // A request without Host gets a JSON answer like any other.
    requireHostHeader: false,
    headersTimeout: limits.head,
    requestTimeout: limits.request,
    connectionsCheckingInterval: limits.lookEvery,
    keepAliveTimeout: limits.idle,
  });
  server.maxConnections = limits.connections;
  // The size of the head bounds the number of its headers. Of more than a fixed number Node would
  // leave out the last ones, without a word.
  server.maxHeadersCount = 0;
  // A client may close its half once it has asked; by default Node closes the other half at once,
  // and an answer under way is lost. Node's own types don't know this property of its servers.
  return Object.assign(server, { httpAllowHalfOpen: true });
};

/** One stage that a request passes; it answers, or calls `next` for the one behind it. */
export type PipelineStage = (request: Request, response: Response, next: NextFunction) => unknown;

/**
 * Several stages as one: a request that passes three of Express's own layers spends a tenth of its
 * time between them.
 */
export const runInOrder =
  (stages: readonly PipelineStage[]): PipelineStage =>
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
