import type { Contract } from '../../openapi/contract.ts';
import type { Client } from './client.ts';
import type { Exchange } from './exchange.ts';
import { errorCodeOf, expectThat } from './expectations.ts';

/** Sends a request to a method and path that the contract may not know. */
export const stray = (client: Client, method: string, path: string): Promise<Exchange> =>
  client.call((api) => api.request(method.toLowerCase() as never, path as never));

/** A stray request was refused with this status and the code that the contract gives to it. */
export const expectStrayRefused = (
  contract: Contract,
  exchange: Exchange,
  status: number,
): void => {
  const codes = Object.values(contract.operations).flatMap(
    ({ responses }) => responses[status]?.codes ?? [],
  );
  const { method, url } = exchange.request;
  const code = errorCodeOf(exchange.json);
  expectThat(
    exchange.response.status === status && codes.includes(code ?? ''),
    `${String(status)} ${[...new Set(codes)].join('/')} for ${method} ${new URL(url).pathname}`,
    () => `${String(exchange.response.status)} ${code ?? 'without a code'}`,
  );
};
