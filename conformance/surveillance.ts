import type { Contract } from '../openapi/contract.ts';
import { createSchemaCompiler } from '../openapi/schema-compiler.ts';
import { messageOf } from './breakdown.ts';
import { conclude, tell, type Outcome } from './outcome.ts';
import type { AmbientRule, Arrival, Surveillance } from './rule.ts';
import type { Acceptances } from './world/acceptance.ts';
import { asExchange } from './world/deliveries.ts';
import type { Exchange } from './world/exchange.ts';
import { Nonconformity } from './world/nonconformity.ts';
import type { FindFlaw } from './world/odd-answers.ts';
import { createSurplusFinder } from './world/surplus.ts';

/** Lets the ambient rules see every exchange and every delivery of a run, and says at its end how they fared. */
export interface Watch {
  /** @param during - the id of the rule that is being judged */
  readonly survey: (exchange: Exchange, during: string) => void;
  /** @param during - the id of the rule that opened the endpoint */
  readonly surveyDelivery: (arrival: Arrival, during: string) => void;
  readonly outcomes: () => Outcome[];
}

export const createFlawFinder = (contract: Contract): FindFlaw => {
  const compile = createSchemaCompiler(contract.document);
  return (pointer, value) => {
    const validate = compile(pointer);
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || 'the whole body'} ${error?.message ?? 'is not valid'}`;
  };
};

export const watch = (
  rules: readonly AmbientRule[],
  contract: Contract,
  acceptances: Acceptances,
  flawOf: FindFlaw,
): Watch => {
  const surveillance: Surveillance = {
    contract,
    acceptances,
    surplusIn: createSurplusFinder(contract),
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
interface Subject {
  readonly exchange: Exchange;
  readonly during: string;
}

const createInspection = (rule: AmbientRule) => {
  let applied = 0;
  let violation: (Subject & { readonly found: Nonconformity }) | undefined;
  let fault: unknown;
  const look = (subject: Subject, inspect: () => boolean): void => {
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
      const counterexample = { ...tell(found, [exchange]), during };
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
