import { readContract } from '../../openapi/contract.ts';

/** A key with every scope, of an organisation that a control API creates. */
export const provision = async (controlUrl: string): Promise<string> => {
  const post = async (path: string, body: unknown) => {
    const response = await fetch(controlUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await response.json()) as { data: { id: string; key: string } }).data;
  };
  // A whole run in one organisation would otherwise have to wait for the rate limit.
  const rate_limit = { requests: 100_000, window_seconds: 3_600 };
  const { id } = await post('/organizations', { plan: 'growth', rate_limit });
  const { scopes } = readContract();
  return (await post(`/organizations/${id}/keys`, { scopes })).key;
};
