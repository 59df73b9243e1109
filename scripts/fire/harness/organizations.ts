import { NoAnswer } from './http-connection.ts';

/** How an organisation is reached. */
export interface OrganizationAccess {
  readonly id: string;
  /** A key that may do everything. */
  readonly key: string;
  readonly members: readonly string[];
}

interface Wanted {
  readonly name: string;
  readonly plan?: string;
  readonly rate_limit?: { readonly requests: number; readonly window_seconds: number };
}

/** What a person does under Settings, by the control API. */
export interface Settings {
  readonly create: (wanted: Wanted, scopes: readonly string[]) => Promise<OrganizationAccess>;
  readonly createKey: (
    id: string,
    scopes: readonly string[],
    expires_at?: string,
  ) => Promise<string>;
  readonly remove: (id: string) => Promise<void>;
  /** Calls any operation of the control API; gives the `data` of the answer. */
  readonly call: (method: string, path: string, body?: object) => Promise<unknown>;
}

/** More than anybody sends in a second. */
const noLimit = { requests: 1_000_000, window_seconds: 1 };

export const settingsAt = (controlUrl: string): Settings => {
  const call: Settings['call'] = async (method, path, body) => {
    const response = await fetch(controlUrl + path, {
      method,
      // No connection is kept that would be counted among those of the attack.
      headers: { Connection: 'close', ...(body && { 'Content-Type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
    }).catch((error: unknown) => {
      throw new NoAnswer(`${method} ${path} of the control API: ${String(error)}`);
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `the control API answered ${method} ${path} with ${response.status}: ${text}`,
      );
    }
    return text === '' ? undefined : (JSON.parse(text) as { data: unknown }).data;
  };
  const createKey: Settings['createKey'] = async (id, scopes, expires_at) => {
    const body = { scopes, ...(expires_at !== undefined && { expires_at }) };
    const made = (await call('POST', `/organizations/${id}/keys`, body)) as { key: string };
    return made.key;
  };
  return {
    call,
    createKey,
    create: async (wanted, scopes) => {
      const body = { plan: 'growth', rate_limit: noLimit, ...wanted };
      const made = await call('POST', '/organizations', body);
      const { id, members } = made as { id: string; members: { id: string }[] };
      const key = await createKey(id, scopes);
      return { id, key, members: members.map((member) => member.id) };
    },
    remove: async (id) => {
      await call('DELETE', `/organizations/${id}`);
    },
  };
};
