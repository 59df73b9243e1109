import type { OperationId } from '../../openapi/contract.ts';
import { expectPermittedRefusal, type RefusalReason } from '../assertions/refusals.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import type { Flow } from '../contract/resources.ts';
import type { Client, RawRequest } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Oracle } from './oracle.ts';
import type { Part, SaySubject } from './subjects.ts';

/** A command in an organisation. What it acts on is chosen by number when it runs. */
export interface Command {
  readonly run: (session: ModelSession) => Promise<Touched>;
  /** A description for failure messages. */
  readonly toString: () => string;
}

export const command = (words: string, run: Command['run']): Command => ({
  run,
  toString: () => words,
});

/** There was nothing to act on, or it was refused as expected. */
export const untouched: Touched = {};

/** A number as an ordinal, from 1. */
export const ordinal = (number: number): string => `#${String(number + 1)}`;

/** Values for failure messages, without undefined ones. */
export const describeValues = (values: object): string => {
  const known = Object.entries(values).filter(([, value]) => value !== undefined);
  return known.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
};

/** The aspects of the organisation that a rule compares with the oracle. */
export type Aspect = 'fields' | 'counts' | 'links' | 'primaries' | 'notes' | 'lists' | 'stages';

export type ModelContext = Pick<
  RuleContext,
  'expect' | 'acceptances' | 'contract' | 'wait' | 'property' | 'organization'
>;

/** A caller with its own API key. */
export interface Actor {
  readonly client: Client;
  /** The scopes that the key lacks, if they are known. */
  readonly lacks: ReadonlySet<string>;
}

/** An organisation in a sequence, with its oracle. */
export interface ModelSession {
  readonly context: ModelContext;
  readonly org: Organization;
  readonly oracle: Oracle;
  readonly flows: readonly Flow[];
  /** The caller that runs the current command. */
  readonly actor: Actor;
  /** The caller with every scope that checks the results. */
  readonly observer: Client;
  readonly aspects: ReadonlySet<Aspect>;
  /** Tells the rule what is compared next. */
  readonly say: SaySubject;
}

/** A check of a part of the organisation; throws if it differs from the oracle. */
export type ModelCheck = () => Promise<void>;

/**
 * Sends a request as the current actor. It must succeed, or be refused if the key lacks a scope.
 *
 * @param permittedReasons - the reasons for which a valid request may be refused
 * @param part - what it means that the request is accepted
 * @returns undefined if it was refused, so that nothing changed
 */
export const attempt = async (
  session: ModelSession,
  operation: OperationId,
  request: RawRequest,
  permittedReasons: readonly RefusalReason[] = [],
  part: Part = 'accepted',
): Promise<Exchange | undefined> => {
  const { context, actor } = session;
  const forbidden = isForbidden(session, operation);
  session.say({ part: forbidden ? 'forbidden' : part, operation, request });
  const exchange = await actor.client.send(operation, request);
  if (forbidden) {
    expectPermittedRefusal(context, exchange, [403, ...permittedReasons]);
    return undefined;
  }
  if (permittedReasons.length > 0 && !succeeded(context, exchange)) {
    expectPermittedRefusal(context, exchange, permittedReasons);
    return undefined;
  }
  context.expect.success(exchange);
  return exchange;
};

/** Sends a request as the current actor that must be refused, for one of these reasons. */
export const attemptRefused = async (
  session: ModelSession,
  operation: OperationId,
  request: RawRequest,
  reasons: readonly RefusalReason[],
  part: Part = 'refused',
): Promise<void> => {
  session.say({ part, operation, request, reasons });
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

/** The item with this number, modulo their count; undefined if there are none. */
export const pick = <Thing>(things: readonly Thing[], number: number): Thing | undefined =>
  things[number % things.length];

/** The dossiers and contacts, by id, that a command may have changed. */
export interface Touched {
  readonly dossiers?: readonly string[];
  readonly contacts?: readonly string[];
}
