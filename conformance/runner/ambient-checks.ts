import type { Contract } from '../../openapi/contract.ts';
import { createSchemaCompiler } from '../../openapi/schema-compiler.ts';
import { Nonconformity } from '../context/expectations.ts';
import type { AmbientContext, AmbientRule, Arrival } from '../context/rule.ts';
import type { Acceptances } from '../contract/acceptances.ts';
import { createAdditionalFieldsFinder, type FindSchemaFlaw } from '../contract/bodies.ts';
import { messageOf } from '../errors.ts';
import type { Exchange } from '../http/exchange.ts';
import { asExchange, readDelivery } from '../webhooks/deliveries.ts';
import { flawOfSignature, signatureOf } from '../webhooks/signature.ts';
import type { RawDelivery } from '../webhooks/sink.ts';
import { conclude, counterexampleOf, type Outcome } from './outcome.ts';

/** Lets the ambient rules see every exchange and every delivery of a run, and says at its end how they fared. */
export interface AmbientChecks {
  /** @param during - the id of the rule that is being judged */
  readonly survey: (exchange: Exchange, during: string) => void;
  /** @param during - the id of the rule that opened the endpoint */
  readonly surveyDelivery: (arrival: Arrival, during: string) => void;
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
): AmbientChecks => {
  const surveillance: AmbientContext = {
    contract,
    acceptances,
    additionalFieldsIn: createAdditionalFieldsFinder(contract),
    flawOf,
  };
  const inspections = rules.map((rule) => createInspection(rule));
  return {
    survey: (exchange, during) => {
      for (const { rule, look } of inspections) {
        if (rule.watches !== 'exchanges') continue;
        look({ exchange, during }, () => rule.inspect(exchange, surveillance));
      }
    },
    surveyDelivery: (arrival, during) => {
      const exchange = asExchange(arrival.delivery);
      for (const { rule, look } of inspections) {
        if (rule.watches !== 'deliveries') continue;
        look({ exchange, during }, () => rule.inspect(arrival, surveillance));
      }
    },
    outcomes: () => inspections.map((inspection) => inspection.conclude()),
  };
};

/** What is inspected, as the report tells it, and the rule that it happened with. */
interface InspectedThing {
  readonly exchange: Exchange;
  readonly during: string;
}

const createInspection = (rule: AmbientRule) => {
  let applied = 0;
  let violation: (InspectedThing & { readonly found: Nonconformity }) | undefined;
  let fault: unknown;
  const look = (subject: InspectedThing, inspect: () => boolean): void => {
    try {
      if (inspect()) applied += 1;
    } catch (thrown) {
      applied += 1;
      // The first of a kind tells enough; the others would only repeat it.
      if (thrown instanceof Nonconformity) violation ??= { ...subject, found: thrown };
      else fault ??= thrown;
    }
  };
  const end = (): Outcome => {
    const exchanges = applied;
    if (violation) {
      const { found, exchange, during } = violation;
      const counterexample = { ...counterexampleOf(found, [exchange]), during };
      return conclude(rule, { outcome: 'failed', exchanges, counterexample });
    }
    if (fault !== undefined) return conclude(rule, { outcome: 'error', reason: messageOf(fault) });
    if (applied > 0) return conclude(rule, { outcome: 'passed', exchanges });
    return conclude(rule, {
      outcome: 'not-verified',
      reason: `No ${nouns[rule.watches]} of this run was of the kind that it looks at.`,
    });
  };
  return { rule, look, conclude: end };
};

const nouns = { exchanges: 'exchange', deliveries: 'delivery' } as const;

type InspectArrival = (arrival: Arrival) => void;

/** So many requests are kept until it is known at which path a standing endpoint is. */
const mostHeld = 1_000;

/**
 * Sorts out which requests at the endpoints of a run are the target's, for the ambient rules to look
 * at, each once. The address of an endpoint that a rule has made is known to the target alone. One
 * that a person has set up may be met by others: by whoever watches over the machine, or by another
 * organisation with a secret of its own.
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
      (look: InspectArrival) =>
      (raw: RawDelivery, secret: string): void => {
        if (!isNew(raw, secret)) return;
        const arrival = { delivery: readDelivery(raw), secret };
        if (standing) own.sort(arrival, look);
        else look(arrival);
      },
  };
};

/** Knows the paths of a standing endpoint by what arrived there with the right signature. */
const createOwnPaths = (contract: Contract) => {
  const paths = new Set<string>();
  let held: { readonly arrival: Arrival; readonly look: InspectArrival }[] = [];
  return {
    sort: (arrival: Arrival, look: InspectArrival): void => {
      const signed = signatureOfTarget(arrival, contract);
      if (signed === 'another') return;
      const path = pathOf(arrival);
      if (signed === 'right') paths.add(path);
      else if (signed === 'none' && isBrowserVisit(arrival)) return;
      if (!paths.has(path)) {
        if (held.length < mostHeld) held.push({ arrival, look });
        return;
      }
      const ready = held.filter((one) => pathOf(one.arrival) === path);
      held = held.filter((one) => pathOf(one.arrival) !== path);
      for (const one of [...ready, { arrival, look }]) one.look(one.arrival);
    },
  };
};

const pathOf = ({ delivery }: Arrival): string => new URL(delivery.url).pathname;

/** Looking at an address is what browsers, probes and load balancers do. */
const isBrowserVisit = ({ delivery }: Arrival): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(delivery.method);

/** A signature in good form that isn't right may have been made with another secret. */
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
