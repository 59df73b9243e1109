import type { Contract, EventType, Operation, OperationId } from '../../openapi/contract.ts';
import type { Acceptances } from '../contract/acceptances.ts';
import { createOperationNames } from '../contract/operations.ts';
import { Breakdown } from '../errors.ts';
import {
  type Client,
  type ClientOptions,
  createClientFor,
  type RawRequest,
} from '../http/client.ts';
import { type Exchange, recordExchanges } from '../http/exchange.ts';
import { withRateLimitRetries } from '../http/pacing.ts';
import { createReadDelay } from '../http/read-after-write.ts';
import type { Fetch, Surroundings } from '../http/transport.ts';
import type {
  Capability,
  FlowDraft,
  KeyOptions,
  OrganizationOptions,
  Target,
  TargetOrganization,
} from '../targets/target.ts';
import { createEndpoints, type OpenInbox } from '../webhooks/endpoints.ts';
import type { RawDelivery, Sink } from '../webhooks/sink.ts';
import { type Page, walkPages } from './answers.ts';
import { createExpectations, type Expectations } from './expectations.ts';
import { createProperty, type Property, type Sampling } from './property.ts';
import { prepareRequest } from './requests.ts';

/** All that a rule may touch. */
export interface RuleContext {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly expect: Expectations;
  readonly property: Property;
  /** The operations that the target is judged by: all of the contract but the omitted. */
  readonly operations: readonly Operation[];
  /** What the target can do beside the API. */
  readonly offers: ReadonlySet<Capability>;
  /** An organisation to work in: a fresh one where the target can make them. */
  readonly organization: (wanted?: OrganizationOptions) => Promise<Organization>;
  /** A client with this key, or with none at all. */
  readonly clientWith: (key: string | undefined) => Client;
  /** A client that takes 429 for an answer instead of waiting it out. */
  readonly clientWithoutWaits: (key: string) => Client;
  /** Resolves after so many seconds. */
  readonly wait: (seconds: number) => Promise<void>;
}

export interface RuleContextOptions {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly target: Target;
  readonly operations: readonly Operation[];
  /** The way to the target, time-outs included. */
  readonly fetch: Fetch;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly sampling: Sampling;
  /** Called with every exchange, for the ambient rules. */
  readonly inspectExchange: (exchange: Exchange) => void;
  /** Called with every request that arrives at an endpoint, for the ambient rules. */
  readonly inspectDelivery: (delivery: RawDelivery, secret: string) => void;
  /** Where events arrive; undefined when nothing listens for them. */
  readonly sink: Sink | undefined;
  /** The events that the target is judged by: all of the contract but the omitted. */
  readonly events: readonly EventType[];
  /** How long lists and counts trail behind a write, in milliseconds (LG-GEN-053). */
  readonly lag: number;
  /** When it fires, nothing is waited for any more. */
  readonly interruption: AbortSignal;
}

/** A world for one rule, what it did there, and the way to give everything back. */
export const createRuleContext = (options: RuleContextOptions) => {
  const { contract, acceptances, target, operations, sampling, clock } = options;
  const exchanges: Exchange[] = [];
  const organizations: TargetOrganization[] = [];
  let provoked: true | undefined;
  const name = createOperationNames(contract, target.url);
  const recorder = recordExchanges(options.fetch, name, clock.now, (exchange) => {
    const kept: Exchange = provoked ? { ...exchange, provoked } : exchange;
    exchanges.push(kept);
    options.inspectExchange(kept);
  });
  const waiting = createReadDelay(contract, name, clock, options.lag);
  const direct: ClientOptions = { contract, baseUrl: target.url, ...recorder };
  const withoutWaits: ClientOptions = { ...direct, fetch: waiting.noteWrites(recorder.fetch) };
  const wire: ClientOptions = {
    ...direct,
    fetch: waiting.delayReads(withRateLimitRetries(recorder.fetch, clock)),
  };
  const expect = createExpectations(contract, acceptances);
  const forget = (from: number) => exchanges.splice(from);
  const endpoints = createEndpoints(options, (exchange) => exchanges.push(exchange));
  const context: RuleContext = {
    contract,
    acceptances,
    expect,
    operations,
    offers: target.offers,
    property: createProperty(sampling, forget, () => exchanges),
    organization: async (wanted = {}) => {
      const given = await target.organization(wanted);
      const failNext: TargetOrganization['failNext'] = (fault) => {
        provoked = true;
        return given.failNext(fault);
      };
      const organization = { ...given, failNext };
      organizations.push(organization);
      const tracked = waiting.noteSettings(organization);
      return createOrganization(wire, tracked, context, endpoints.openerFor(organization));
    },
    clientWith: (key) => createClientFor(wire, key),
    clientWithoutWaits: (key) => createClientFor(withoutWaits, key),
    wait: (seconds) => clock.sleep(seconds * 1000),
  };
  const release = () => {
    endpoints.close();
    return Promise.all(organizations.map((organization) => organization.release()));
  };
  const { received } = endpoints;
  return { context, exchanges: exchanges as readonly Exchange[], received, release };
};

/** An organisation of the target, in the words of the rules. */
export interface Organization {
  /** The context of the rule that the organisation was made for. */
  readonly context: RuleContext;
  readonly members: readonly string[];
  /** A client with a key of this organisation; with every scope unless told otherwise. */
  readonly client: (wanted?: KeyOptions) => Promise<Client>;
  /** The client with every scope. */
  readonly all: Client;
  readonly key: (wanted?: KeyOptions) => Promise<string>;
  /** Only with the capability `more-members`; gives the id. */
  readonly createMember: TargetOrganization['createMember'];
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** A limit that is known, may be used up, and can't be set. */
  readonly rateLimit: TargetOrganization['rateLimit'];
  /** Only with the capability `rate-limit`. */
  readonly setRateLimit: TargetOrganization['setRateLimit'];
  /** Only with the capability `talent-pool`. */
  readonly setPoolWindow: TargetOrganization['setPoolWindow'];
  /** Only with the capability `plan-change`. */
  readonly changePlan: TargetOrganization['changePlan'];
  /** Only with the capability `faults`. */
  readonly failNext: TargetOrganization['failNext'];
  /**
   * Only with the capability `webhooks`: opens an endpoint for its events. Only with the capability
   * `own-endpoints` may it be a second one, or answer anything but success.
   */
  readonly inbox: OpenInbox;
  /** All pages of a list, in order. */
  readonly walk: (
    operation: OperationId,
    query: Readonly<Record<string, string>>,
  ) => Promise<Page[]>;
  /** A request for the operation that must succeed here. */
  readonly prepare: (operation: OperationId) => Promise<RawRequest>;
}

/** Gives a target's organisation the words that rules use. */
const createOrganization = async (
  wire: ClientOptions,
  {
    members,
    key,
    createMember,
    createFlow,
    rateLimit,
    setRateLimit,
    setPoolWindow,
    changePlan,
    failNext,
  }: TargetOrganization,
  context: RuleContext,
  inbox: OpenInbox,
): Promise<Organization> => {
  const { expect } = context;
  const client = async (wanted: KeyOptions = {}) => createClientFor(wire, await key(wanted));
  const all = await client();
  return {
    context,
    members,
    client,
    all,
    key: (wanted = {}) => key(wanted),
    createMember,
    createFlow,
    rateLimit,
    setRateLimit,
    setPoolWindow: asRuleError(setPoolWindow),
    changePlan,
    failNext,
    inbox,
    walk: (operation, query) => walkPages(all, operation, query, expect),
    prepare: (operation) =>
      prepareRequest(operation, { contract: wire.contract, client: all, expect }),
  };
};

/**
 * Sets something of a thing by the id that the API gave it. An odd id may be why the setting is
 * refused: then it's no matter of the way there, and the answer that gave the id is judged.
 */
const asRuleError =
  (set: TargetOrganization['setPoolWindow']): TargetOrganization['setPoolWindow'] =>
  async (...setting) => {
    try {
      await set(...setting);
    } catch (thrown) {
      throw thrown instanceof Breakdown ? new Error(thrown.message) : thrown;
    }
  };
