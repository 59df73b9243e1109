import type { OperationId } from '../../openapi/contract.ts';
import type { Client, RawRequest } from '../world/client.ts';
import type { Exchange } from '../world/exchange.ts';
import type { Flow, Organization } from '../world/organization.ts';
import { expectPermittedRefusal, type Reason } from '../world/permitted-refusals.ts';
import type { World } from '../world/world.ts';
import type { Oracle } from './oracle/oracle.ts';

/** What of the organisation a rule compares with the oracle. */
export type Aspect = 'fields' | 'counts' | 'links' | 'primaries' | 'notes' | 'lists' | 'stages';

export type SessionWorld = Pick<
  World,
  'expect' | 'acceptances' | 'contract' | 'wait' | 'property' | 'organization'
>;

/** Somebody who works with the API by a key. */
export interface Actor {
  readonly client: Client;
  /** The scopes that the key lacks, as far as it is known to lack any. */
  readonly lacks: ReadonlySet<string>;
}

/** An organisation at work: what commands act in, and what the oracle knows of it. */
export interface Session {
  readonly world: SessionWorld;
  readonly home: Organization;
  readonly oracle: Oracle;
  readonly flows: readonly Flow[];
  /** Who acts now. */
  readonly actor: Actor;
  /** Who looks at what came of it, with every scope. */
  readonly observer: Client;
  readonly aspects: ReadonlySet<Aspect>;
}

/** A look at a part of the organisation, which throws where it isn't as the oracle says. */
export type Look = () => Promise<void>;

/**
 * Lets the actor do something. It must succeed; with a key that lacks a scope it must be refused.
 *
 * @param excuses - the reasons for which it may be refused though nothing is wrong with it
 * @returns undefined where it was refused, so that nothing changed
 */
export const attempt = async (
  session: Session,
  operation: OperationId,
  request: RawRequest,
  excuses: readonly Reason[] = [],
): Promise<Exchange | undefined> => {
  const { world, actor } = session;
  const exchange = await actor.client.send(operation, request);
  if (isForbidden(session, operation)) {
    expectPermittedRefusal(world, exchange, [403, ...excuses]);
    return undefined;
  }
  if (excuses.length > 0 && !succeeded(world, exchange)) {
    expectPermittedRefusal(world, exchange, excuses);
    return undefined;
  }
  world.expect.success(exchange);
  return exchange;
};

/** Lets the actor do something that must be refused, for one of these reasons. */
export const attemptInVain = async (
  session: Session,
  operation: OperationId,
  request: RawRequest,
  reasons: readonly Reason[],
): Promise<void> => {
  const exchange = await session.actor.client.send(operation, request);
  const all = isForbidden(session, operation) ? [403, ...reasons] : reasons;
  expectPermittedRefusal(session.world, exchange, all);
};

const isForbidden = ({ world, actor }: Session, operation: OperationId): boolean =>
  world.contract.operations[operation].scopes.some((scope) => actor.lacks.has(scope));

const succeeded = (
  { acceptances }: Pick<World, 'acceptances'>,
  { operation, response }: Exchange,
): boolean => (operation && acceptances.of(operation, response.status)?.success) === true;

/** The one with this number of several, counted around; undefined where there is none. */
export const pick = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % things.length];
