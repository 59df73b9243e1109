import type { Contract, EventType, Operation, OperationId } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import { createOperationNames } from '../contract/operations.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import { Breakdown } from '../errors.ts';
import {
  type Client,
  type ClientOptions,
  createClientFor,
  type RawRequest,
} from '../http/client.ts';
import { type Exchange, recordExchanges } from '../http/exchange.ts';
import type { HttpRequest, Send, Surroundings } from '../http/message.ts';
import { mostBytes } from '../http/message.ts';
import { type StillLimited, withRateLimitRetries } from '../http/pacing.ts';
import { createReadDelay } from '../http/read-after-write.ts';
import type {
  Capability,
  FlowDraft,
  KeyOptions,
  OrganizationOptions,
  Target,
  TargetOrganization,
} from '../targets/target.ts';
import { createEndpoints, type OpenInbox } from '../webhooks/endpoints.ts';
import type { EventLiveness } from '../webhooks/liveness.ts';
import type { RawDelivery, Sink } from '../webhooks/sink.ts';
import { type Page, walkPages } from './answers.ts';
import { createExpectations, type Expectations, Nonconformity } from './expectations.ts';
import { createProperty, type Property, type Sampling } from './property.ts';
import { prepareRequest } from './requests.ts';

/** Everything that a rule may use. */
export interface RuleContext {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly expect: Expectations;
  readonly property: Property;
  /** The operations of the contract, without the omitted ones. */
  readonly operations: readonly Operation[];
  /** What the target can do beyond the API. */
  readonly offers: ReadonlySet<Capability>;
  /** An organisation to work in: a new one where the target can create them. */
  readonly organization: (wanted?: OrganizationOptions) => Promise<Organization>;
  /** A client with this API key, or without a key. */
  readonly clientWith: (key: string | undefined) => Client;
  /** A client that returns a 429 instead of waiting and retrying. */
  readonly clientWithoutWaits: (key: string) => Client;
  /** Resolves after so many seconds. */
  readonly wait: (seconds: number) => Promise<void>;
  /**
   * From now on, and until the next call, a failure is about these requirements of the rule alone.
   * Without it, it may be about each that concerns the operation.
   */
  readonly about: (...requirements: readonly RequirementId[]) => void;
}

export interface RuleContextOptions {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly target: Target;
  readonly operations: readonly Operation[];
  /** The way to the target, time-outs included. */
  readonly send: Send;
  /** Called with each 429 that is waited for. */
  readonly limited?: ((wait: StillLimited) => void) | undefined;
  /** Whether writes may use connections again; asked before each. */
  readonly reuse: () => boolean;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly sampling: Sampling;
  /** Called with every exchange, for the ambient rules. */
  readonly inspectExchange: (exchange: Exchange) => void;
  /** Called with every request that arrives at an endpoint, for the ambient rules. */
  readonly inspectDelivery: (delivery: RawDelivery, secret: string) => void;
  /** Where events arrive; undefined when nothing listens for them. */
  readonly sink: Sink | undefined;
  /** The events of the contract, without the omitted ones. */
  readonly events: readonly EventType[];
  /** What the run knows of the events that come. */
  readonly liveness: EventLiveness;
  /** What the rule verifies; it can be about nothing else. */
  readonly verifies?: readonly RequirementId[];
  /** How long lists and counts lag behind a write, in milliseconds (LG-GEN-053). */
  readonly lag: number;
  /** Ends all waiting. */
  readonly interruption: AbortSignal;
}

/** The context of one rule, the exchanges that it records, and a function that releases everything. */
export const createRuleContext = (options: RuleContextOptions) => {
  const { contract, acceptances, target, operations, sampling, clock } = options;
  const exchanges: Exchange[] = [];
  const organizations: TargetOrganization[] = [];
  let provoked: true | undefined;
  const subject = createSubject(options.verifies);
  const wires = createWires(options, (exchange) => {
    const kept: Exchange = provoked ? { ...exchange, provoked } : exchange;
    exchanges.push(kept);
    options.inspectExchange(kept);
    refuseOversized(kept);
    return kept;
  });
  const expect = createExpectations(contract, acceptances);
  const forget = (from: number) => exchanges.splice(from);
  const endpoints = createEndpoints(options, (exchange) => exchanges.push(exchange));
  const context: RuleContext = {
    contract,
    acceptances,
    expect,
    operations,
    offers: target.offers,
    property: createProperty(sampling, forget, () => exchanges, subject),
    organization: async (wanted = {}) => {
      const given = await target.organization(wanted);
      const failNext: TargetOrganization['failNext'] = (fault) => {
        provoked = true;
        return given.failNext(fault);
      };
      const organization = { ...given, failNext };
      organizations.push(organization);
      const tracked = wires.noteSettings(organization);
      return createOrganization(wires.usual, tracked, context, endpoints.openerFor(organization));
    },
    clientWith: (key) => createClientFor(wires.usual, key),
    clientWithoutWaits: (key) => createClientFor(wires.withoutWaits, key),
    wait: (seconds) => clock.sleep(seconds * 1000),
    about: subject.set,
  };
  const release = () => {
    endpoints.close();
    return Promise.all(organizations.map((organization) => organization.release()));
  };
  const { received } = endpoints;
  return {
    ...{ context, exchanges: exchanges as readonly Exchange[], received, release },
    /** What a failure is about; empty for all that the rule verifies. */
    subject: subject.get,
  };
};

/** What the failures of a rule are about. */
const createSubject = (verifies: RuleContextOptions['verifies']) => {
  let subject: readonly RequirementId[] = [];
  return {
    get: () => subject,
    set: (...requirements: readonly RequirementId[]): void => {
      const other = requirements.find((id) => verifies?.includes(id) === false);
      if (other !== undefined)
        throw new Error(`The rule is about ${other}, but doesn't verify it.`);
      subject = requirements;
    },
  };
};

/**
 * The ways to the target of one rule.
 *
 * @param keep - called with each exchange
 */
const createWires = (
  { contract, target, clock, lag, ...options }: RuleContextOptions,
  keep: (exchange: Exchange) => Exchange,
) => {
  const name = createOperationNames(contract, target.url);
  const send = (request: HttpRequest) => options.send({ ...request, reuse: options.reuse() });
  const record = recordExchanges(send, name, clock.now, keep);
  const waiting = createReadDelay(contract, name, clock, lag);
  const direct = { contract, baseUrl: target.url };
  const usual: ClientOptions = {
    ...direct,
    exchange: waiting.delayReads(withRateLimitRetries(record, clock, options.limited)),
  };
  const withoutWaits: ClientOptions = { ...direct, exchange: waiting.noteWrites(record) };
  return { usual, withoutWaits, noteSettings: waiting.noteSettings };
};

/** @throws Nonconformity for a response that is too long to be read */
const refuseOversized = (exchange: Exchange): void => {
  if (!exchange.response.oversized) return;
  const most = `${String(mostBytes / 1024 / 1024)} MB`;
  throw new Nonconformity(`a response of at most ${most}`, 'one that is longer', { exchange });
};

/** An organisation of the target, with the functions that rules use. */
export interface Organization {
  /** The context of the rule that the organisation was created for. */
  readonly context: RuleContext;
  readonly members: readonly string[];
  /** A client with an API key of this organisation; by default with every scope. */
  readonly client: (wanted?: KeyOptions) => Promise<Client>;
  /** The client with every scope. */
  readonly all: Client;
  readonly key: (wanted?: KeyOptions) => Promise<string>;
  /** Only with the capability `more-members`; returns the id. */
  readonly createMember: TargetOrganization['createMember'];
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** A limit that is known and may be used up, but can't be set. */
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
   * Only with the capability `webhooks`: opens an endpoint for its events. A second endpoint, or one
   * that doesn't respond with success, needs the capability `own-endpoints`.
   */
  readonly inbox: OpenInbox;
  /** All pages of a list, in order. */
  readonly walk: (
    operation: OperationId,
    query: Readonly<Record<string, string>>,
  ) => Promise<Page[]>;
  /** A request for the operation that must succeed in this organisation. */
  readonly prepare: (operation: OperationId) => Promise<RawRequest>;
}

/** Adds the functions that rules use to a target's organisation. */
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
 * Turns a Breakdown into an error of the rule. The setting takes an id that the API returned: when
 * that id is invalid, the setting is refused because of the target, and the run must go on.
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
