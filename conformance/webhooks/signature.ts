import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Contract, schemaAt } from '../../openapi/contract.ts';
import type { Delivery } from './deliveries.ts';

/** The documented parts of the header, and the names of all parts in order. */
export interface SignatureParts {
  readonly t: string;
  readonly v1: string;
  readonly names: readonly string[];
}

/** Parses the header: parts `name=value`, separated by commas; undefined when malformed. */
export const readSignature = (header: string): SignatureParts | undefined => {
  const parts = header.split(',').map((part) => {
    const cut = part.indexOf('=');
    return cut < 0 ? undefined : ([part.slice(0, cut), part.slice(cut + 1)] as const);
  });
  if (!parts.every((part) => part !== undefined)) return undefined;
  const { t, v1 } = Object.fromEntries(parts) as Record<string, string | undefined>;
  if (!t || !v1) return undefined;
  return { t, v1, names: parts.map(([name]) => name) };
};

/** Why a receiver refuses a delivery. */
export type SignatureFlaw = 'missing' | 'malformed' | 'wrong' | 'stale';

export interface SignedDelivery {
  /** The value of the header; undefined when there is none. */
  readonly header: string | undefined;
  /** The bytes of the body as they were received. */
  readonly body: Uint8Array;
  /** The secret of the endpoint, as it is shown under Settings. */
  readonly secret: string;
  /** Also refuses signatures that are too old, or from the future. */
  readonly age?: {
    /** Milliseconds since 1970. */
    readonly now: number;
    readonly toleranceSeconds: number;
  };
}

/** Verifies a signature as a receiver does, in constant time (LG-SIG-003 to LG-SIG-007). */
export const flawOfSignature = ({
  header,
  body,
  secret,
  age,
}: SignedDelivery): SignatureFlaw | undefined => {
  if (header === undefined || header === '') return 'missing';
  const parts = readSignature(header);
  if (!parts) return 'malformed';
  const expected = createHmac('sha256', secret).update(`${parts.t}.`).update(body).digest('hex');
  if (!isSameSignature(expected, parts.v1)) return 'wrong';
  if (!age) return undefined;
  if (!/^\d+$/.test(parts.t)) return 'malformed';
  const seconds = Math.abs(age.now / 1000 - Number(parts.t));
  return seconds > age.toleranceSeconds ? 'stale' : undefined;
};

/** Compares in constant time. */
const isSameSignature = (expected: string, given: string): boolean => {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
};

/** The value of the signature's header; undefined when there is none. */
export const signatureOf = (
  { contract }: { readonly contract: Contract },
  { headers }: Pick<Delivery, 'headers'>,
): string | undefined => {
  const { name } = schemaAt(contract, '#/components/parameters/Signature');
  return headers[String(name).toLowerCase()];
};
