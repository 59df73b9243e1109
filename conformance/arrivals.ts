import type { Contract } from '../openapi/contract.ts';
import type { Arrival } from './rule.ts';
import type { RawDelivery } from './sink/delivery.ts';
import { readDelivery } from './world/deliveries.ts';
import { signatureOf } from './world/signed.ts';
import { flawOfSignature } from './world/signature.ts';

type Look = (arrival: Arrival) => void;

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
      (look: Look) =>
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
  let held: { readonly arrival: Arrival; readonly look: Look }[] = [];
  return {
    sort: (arrival: Arrival, look: Look): void => {
      const signed = signatureOfTarget(arrival, contract);
      if (signed === 'another') return;
      const path = pathOf(arrival);
      if (signed === 'right') paths.add(path);
      else if (signed === 'none' && isVisit(arrival)) return;
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
const isVisit = ({ delivery }: Arrival): boolean =>
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
