import type { Contract, EventType, Operation } from '../../openapi/contract.ts';
import type { Acceptances } from '../contract/acceptances.ts';
import { createOperationNames } from '../contract/operations.ts';
import { type Client, type ClientOptions, createClientFor } from '../http/client.ts';
import { type Exchange, recordExchanges } from '../http/exchange.ts';
import { withRateLimitRetries } from '../http/pacing.ts';
import { createReadDelay } from '../http/read-after-write.ts';
import type { Fetch, Surroundings } from '../http/transport.ts';
import type {
  Capability,
  OrganizationWish,
  Target,
  TargetOrganization,
} from '../targets/target.ts';
import { createEndpoints } from '../webhooks/endpoints.ts';
import type { RawDelivery, Sink } from '../webhooks/sink.ts';
import { createExpectations, type Expectations } from './expectations.ts';
import { createOrganization, type Organization } from './organization.ts';
import { createProperty, type Property, type Sampling } from './property.ts';

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
  readonly organization: (wish?: OrganizationWish) => Promise<Organization>;
  /** A client with this key, or with none at all. */
  readonly clientWith: (key: string | undefined) => Client;
  /** A client that takes 429 for an answer instead of waiting it out. */
  readonly impatientClientWith: (key: string) => Client;
  /** Resolves after so many seconds. */
  readonly wait: (seconds: number) => Promise<void>;
}

/** What it takes to read something and to judge the answer. */
export type CheckContext = Pick<RuleContext, 'expect' | 'contract'>;

export interface RuleContextOptions {
  readonly contract: Contract;
  readonly acceptances: Acceptances;
  readonly target: Target;
  readonly operations: readonly Operation[];
  /** The way to the target, time-outs included. */
  readonly fetch: Fetch;
  readonly clock: Pick<Surroundings, 'now' | 'sleep'>;
  readonly sampling: Sampling;
  /** Is given every exchange, for the ambient rules. */
  readonly survey: (exchange: Exchange) => void;
  /** Is given every request that arrives at an endpoint, for the ambient rules. */
  readonly surveyDelivery: (delivery: RawDelivery, secret: string) => void;
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
    options.survey(kept);
  });
  const waiting = createReadDelay(contract, name, clock, options.lag);
  const bare: ClientOptions = { contract, baseUrl: target.url, ...recorder };
  const impatient: ClientOptions = { ...bare, fetch: waiting.impatient(recorder.fetch) };
  const wire: ClientOptions = {
    ...bare,
    fetch: waiting.patient(withRateLimitRetries(recorder.fetch, clock)),
  };
  const expect = createExpectations(contract, acceptances);
  const forget = (from: number) => exchanges.splice(from);
  const endpoints = createEndpoints(options, (exchange) => exchanges.push(exchange));
  const world: RuleContext = {
    contract,
    acceptances,
    expect,
    operations,
    offers: target.offers,
    property: createProperty(sampling, forget, () => exchanges),
    organization: async (wish = {}) => {
      const given = await target.organization(wish);
      const failNext: TargetOrganization['failNext'] = (fault) => {
        provoked = true;
        return given.failNext(fault);
      };
      const organization = { ...given, failNext };
      organizations.push(organization);
      const noted = waiting.beside(organization);
      return createOrganization(wire, noted, expect, endpoints.openerFor(organization));
    },
    clientWith: (key) => createClientFor(wire, key),
    impatientClientWith: (key) => createClientFor(impatient, key),
    wait: (seconds) => clock.sleep(seconds * 1000),
  };
  const release = () => {
    endpoints.close();
    return Promise.all(organizations.map((organization) => organization.release()));
  };
  const { received } = endpoints;
  return { world, exchanges: exchanges as readonly Exchange[], received, release };
};
