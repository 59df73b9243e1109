import { schemaAt } from '../../openapi/contract.ts';
import type { Delivery } from './deliveries.ts';
import { Nonconformity } from './nonconformity.ts';
import { flawOfSignature, readSignature, type SignatureParts } from './signature.ts';
import type { World } from './world.ts';

/** The value of the signature's header; undefined when there is none. */
export const signatureOf = (
  { contract }: Pick<World, 'contract'>,
  { headers }: Pick<Delivery, 'headers'>,
): string | undefined => {
  const { name } = schemaAt(contract, '#/components/parameters/Signature');
  return headers[String(name).toLowerCase()];
};

/** Its parts, which there must be. */
export const expectParts = (
  world: Pick<World, 'contract'>,
  delivery: Pick<Delivery, 'headers'>,
): SignatureParts => {
  const header = signatureOf(world, delivery);
  const parts = readSignature(header ?? '');
  if (!parts) throw new Nonconformity('a signature with t and v1', header ?? 'no such header');
  return parts;
};

/** The delivery is signed with the secret, over its bytes as they were received. */
export const expectSigned = (
  world: Pick<World, 'contract'>,
  { headers, body }: Pick<Delivery, 'headers' | 'body'>,
  secret: string,
): void => {
  const header = signatureOf(world, { headers });
  const flaw = flawOfSignature({ header, body, secret });
  if (flaw === undefined) return;
  const actual = `a signature that is ${flaw}: ${header ?? 'no header'}`;
  throw new Nonconformity('the signature of the body with the secret of the endpoint', actual);
};
