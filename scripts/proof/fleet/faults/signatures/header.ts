import { eventIn, onAttempt, signatureHeader } from '../../bend/deliveries.ts';
import { fault, type Fault } from '../../fault.ts';

type Named = readonly [id: string, breaks: Fault['breaks'], does: string];

/** A fault in the header of the signature; without a value there is no header. */
const inHeader = (
  ...[id, breaks, does, bend]: [...Named, (value: string, type: string) => string | undefined]
): Fault =>
  fault(id, breaks, does, () => ({
    deliver: onAttempt((attempt) => {
      const headers = new Headers(attempt.headers);
      const value = bend(headers.get(signatureHeader) ?? '', eventIn(attempt).type);
      if (value === undefined) headers.delete(signatureHeader);
      else headers.set(signatureHeader, value);
      return [{ ...attempt, headers }];
    }),
  }));

export const header: readonly Fault[] = [
  inHeader('signatures/none', 'LG-SIG-001', 'signs nothing', () => undefined),
  inHeader('signatures/none-for-notes', 'LG-SIG-001', 'signs no events of notes', (value, type) =>
    type === 'note.created' ? undefined : value,
  ),
  inHeader('signatures/spaced', 'LG-SIG-002', 'puts a blank between the parts', (value) =>
    value.replace(',', ', '),
  ),
  inHeader('signatures/semicolons', 'LG-SIG-002', 'puts a semicolon between the parts', (value) =>
    value.replace(',', ';'),
  ),
  inHeader('signatures/version-in-value', 'LG-SIG-002', 'names the parts otherwise', (value) =>
    value.replace('t=', 'ts=').replace('v1=', 'sha256='),
  ),
  inHeader('signatures/capitals', 'LG-SIG-005', 'writes the signature in capitals', (value) =>
    value.replace(/v1=(.*)/, (_, digits: string) => `v1=${digits.toUpperCase()}`),
  ),
  inHeader('signatures/base64', 'LG-SIG-005', 'writes the signature in Base64', (value) =>
    value.replace(
      /v1=(.*)/,
      (_, digits: string) => `v1=${Buffer.from(digits, 'hex').toString('base64url')}`,
    ),
  ),
  inHeader(
    'signatures/zeros-lost',
    'LG-SIG-005',
    'writes a byte below sixteen with one digit',
    (value) =>
      value.replace(
        /v1=(.*)/,
        (_, digits: string) => `v1=${digits.replaceAll(/0(.)(?=(..)*$)/g, '$1')}`,
      ),
  ),
];
