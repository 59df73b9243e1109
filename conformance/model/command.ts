import type { OperationId } from '../../openapi/contract.ts';
import { expectPermittedRefusal, type RefusalReason } from '../assertions/refusals.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import type { Flow } from '../contract/resources.ts';
import type { Client, RawRequest } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Oracle } from './oracle.ts';

/** Something to do in an organisation. What it acts on is picked when it is done, by numbers. */
export interface Command {
  readonly run: (session: ModelSession) => Promise<Touched>;
  /** In words, for the reader of a failure. */
  readonly toString: () => string;
}

export const command = (words: string, run: Command['run']): Command => ({
  run,
  toString: () => words,
});

/** Nothing was there to act on, or it was refused as it should be. */
export const untouched: Touched = {};

/** The one with this number, as people count. */
export const ordinal = (number: number): string => `#${String(number + 1)}`;

/** Values as a reader of a failure wants them: those that aren't told are left out. */
export const describeValues = (values: object): string => {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
};

/** What of the organisation a rule compares with the oracle. */
export type Aspect = 'fields' | 'counts' | 'links' | 'primaries' | 'notes' | 'lists' | 'stages';

export type ModelContext = Pick<
  RuleContext,
  'expect' | 'acceptances' | 'contract' | 'wait' | 'property' | 'organization'
>;

/** Somebody who works with the API by a key. */
export interface Actor {
  readonly client: Client;
  /** The scopes that the key lacks, as far as it is known to lack any. */
  readonly lacks: ReadonlySet<string>;
}

/** An organisation at work: what commands act in, and what the oracle knows of it. */
export interface ModelSession {
  readonly context: ModelContext;
  readonly org: Organization;
  readonly oracle: Oracle;
  readonly flows: readonly Flow[];
  /** Who acts now. */
  readonly actor: Actor;
  /** Who looks at what came of it, with every scope. */
  readonly observer: Client;
  readonly aspects: ReadonlySet<Aspect>;
}

/** A look at a part of the organisation, which throws where it isn't as the oracle says. */
export type ModelCheck = () => Promise<void>;

/**
 * Lets the actor do something. It must succeed; with a key that lacks a scope it must be refused.
 *
 * @param excuses - the reasons for which it may be refused though nothing is wrong with it
 * @returns undefined where it was refused, so that nothing changed
 */
export const attempt = async (
  session: ModelSession,
  operation: OperationId,
  request: RawRequest,
  excuses: readonly RefusalReason[] = [],
): Promise<Exchange | undefined> => {
  const { context, actor } = session;
  const exchange = await actor.client.send(operation, request);
  if (isForbidden(session, operation)) {
    expectPermittedRefusal(context, exchange, [403, ...excuses]);
    return undefined;
  }
  if (excuses.length > 0 && !succeeded(context, exchange)) {
    expectPermittedRefusal(context, exchange, excuses);
    return undefined;
  }
  context.expect.success(exchange);
  return exchange;
};

/** Lets the actor do something that must be refused, for one of these reasons. */
export const attemptRefused = async (
  session: ModelSession,
  operation: OperationId,
  request: RawRequest,
  reasons: readonly RefusalReason[],
): Promise<void> => {
  const exchange = await session.actor.client.send(operation, request);
  const all = isForbidden(session, operation) ? [403, ...reasons] : reasons;
  expectPermittedRefusal(session.context, exchange, all);
};

const isForbidden = ({ context, actor }: ModelSession, operation: OperationId): boolean =>
  context.contract.operations[operation].scopes.some((scope) => actor.lacks.has(scope));

const succeeded = (
  { acceptances }: Pick<RuleContext, 'acceptances'>,
  { operation, response }: Exchange,
): boolean => (operation && acceptances.of(operation, response.status)?.success) === true;

/** The one with this number of several, counted around; undefined where there is none. */
export const pick = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % things.length];

/** The dossiers and contacts, by id, that a command may have changed. */
export interface Touched {
  readonly dossiers?: readonly string[];
  readonly contacts?: readonly string[];
}
