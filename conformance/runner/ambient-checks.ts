import type { Contract } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { AmbientContext, AmbientRule, Arrival } from '../context/rule.ts';
import { createAdditionalFieldsFinder, type FindSchemaFlaw } from '../contract/bodies.ts';
import type { Acceptances } from '../contract/permitted-responses.ts';
import { messageOf } from '../errors.ts';
import type { Exchange } from '../http/exchange.ts';
import { asExchange, readDelivery } from '../webhooks/deliveries.ts';
import { flawOfSignature, signatureOf } from '../webhooks/signature.ts';
import type { RawDelivery } from '../webhooks/sink.ts';
import { conclude, counterexampleOf, type Outcome } from './outcome.ts';

/** Applies the ambient rules to every exchange and every delivery of a run. */
export interface AmbientChecks {
  /** @param during - the id of the rule that is being executed */
  readonly inspectExchange: (exchange: Exchange, during: string) => void;
  /** @param during - the id of the rule that opened the endpoint */
  readonly inspectDelivery: (arrival: Arrival, during: string) => void;
  readonly outcomes: () => Outcome[];
}

export const createFlawFinder = (contract: Contract): FindSchemaFlaw => {
  const compile = createSchemaCompiler(contract.document);
  return (pointer, value) => {
    const validate = compile(pointer);
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || 'the whole body'} ${error?.message ?? 'is not valid'}`;
  };
};

export const createAmbientChecks = (
  rules: readonly AmbientRule[],
  contract: Contract,
  acceptances: Acceptances,
  flawOf: FindSchemaFlaw,
  violated: (rule: AmbientRule, during: string) => void = () => undefined,
): AmbientChecks => {
  const context: AmbientContext = {
    contract,
    acceptances,
    additionalFieldsIn: createAdditionalFieldsFinder(contract),
    flawOf,
  };
  const inspections = rules.map((rule) => createInspection(rule, violated));
  return {
    inspectExchange: (exchange, during) => {
      for (const { rule, apply } of inspections) {
        if (rule.watches !== 'exchanges') continue;
        apply({ exchange, during }, () => rule.inspect(exchange, context));
      }
    },
    inspectDelivery: (arrival, during) => {
      const exchange = asExchange(arrival.delivery);
      for (const { rule, apply } of inspections) {
        if (rule.watches !== 'deliveries') continue;
        apply({ exchange, during }, () => rule.inspect(arrival, context));
      }
    },
    outcomes: () => inspections.map((inspection) => inspection.conclude()),
  };
};

/** The exchange that a report shows, and the id of the rule that was being executed. */
interface Inspected {
  readonly exchange: Exchange;
  readonly during: string;
}

const createInspection = (
  rule: AmbientRule,
  violated: (rule: AmbientRule, during: string) => void,
) => {
  let applied = 0;
  let violation: (Inspected & { readonly found: Nonconformity }) | undefined;
  let error: unknown;
  const apply = (subject: Inspected, inspect: () => boolean): void => {
    try {
      if (inspect()) applied += 1;
    } catch (thrown) {
      applied += 1;
      // The first violation is enough; the others would only repeat it.
      if (thrown instanceof Nonconformity) {
        violation ??= { ...subject, found: thrown };
        violated(rule, subject.during);
      } else error ??= thrown;
    }
  };
  const end = (): Outcome => {
    const exchanges = applied;
    if (violation) {
      const { found, exchange, during } = violation;
      const counterexample = { ...counterexampleOf(found, [exchange]), during };
      return conclude(rule, { outcome: 'failed', exchanges, counterexample });
    }
    if (error !== undefined) return conclude(rule, { outcome: 'error', reason: messageOf(error) });
    if (applied > 0) return conclude(rule, { outcome: 'passed', exchanges });
    return conclude(rule, {
      outcome: 'not-verified',
      reason: `No ${nouns[rule.watches]} of this run was of the kind that it inspects.`,
    });
  };
  return { rule, apply, conclude: end };
};

const nouns = { exchanges: 'exchange', deliveries: 'delivery' } as const;

type InspectArrival = (arrival: Arrival) => void;

/** How many requests are kept until the path of a standing endpoint is known. */
const mostHeld = 1_000;

/**
 * Passes each request that the target sent to the ambient rules once. Only the target knows the
 * address of an endpoint that a rule creates. At a standing endpoint, one that the user created,
 * other requests may arrive: of monitoring, or of another organisation with another secret.
 */
export const createArrivals = (contract: Contract, standing: boolean) => {
  const seen = new WeakMap<RawDelivery, Set<string>>();
  const isNew = (delivery: RawDelivery, secret: string): boolean => {
    const secrets = seen.get(delivery) ?? new Set();
    seen.set(delivery, secrets);
    return !secrets.has(secret) && secrets.add(secret).has(secret);
  };
  const own = createOwnPaths(contract);
  return {
    sortedFor:
      (apply: InspectArrival) =>
      (raw: RawDelivery, secret: string): void => {
        if (!isNew(raw, secret)) return;
        const arrival = { delivery: readDelivery(raw), secret };
        if (standing) own.sort(arrival, apply);
        else apply(arrival);
      },
  };
};

/** The paths of a standing endpoint: those at which a correctly signed request arrived. */
const createOwnPaths = (contract: Contract) => {
  const paths = new Set<string>();
  let held: { readonly arrival: Arrival; readonly apply: InspectArrival }[] = [];
  return {
    sort: (arrival: Arrival, apply: InspectArrival): void => {
      const signed = signatureOfTarget(arrival, contract);
      if (signed === 'another') return;
      const path = pathOf(arrival);
      if (signed === 'right') paths.add(path);
      else if (signed === 'none' && isBrowserVisit(arrival)) return;
      if (!paths.has(path)) {
        if (held.length < mostHeld) held.push({ arrival, apply });
        return;
      }
      const ready = held.filter((one) => pathOf(one.arrival) === path);
      held = held.filter((one) => pathOf(one.arrival) !== path);
      for (const one of [...ready, { arrival, apply }]) one.apply(one.arrival);
    },
  };
};

const pathOf = ({ delivery }: Arrival): string => new URL(delivery.url).pathname;

/** Browsers, probes and load balancers send these. */
const isBrowserVisit = ({ delivery }: Arrival): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(delivery.method);

/** A well-formed signature that doesn't match may have been made with another secret. */
const signatureOfTarget = (
  { delivery, secret }: Arrival,
  contract: Contract,
): 'right' | 'another' | 'bad' | 'none' => {
  const header = signatureOf({ contract }, delivery);
  const flaw = flawOfSignature({ header, body: delivery.body, secret });
  if (flaw === undefined) return 'right';
  if (flaw === 'missing') return 'none';
  return flaw === 'wrong' ? 'another' : 'bad';
};
