import { NoAnswer } from './http-connection.ts';

/** An organisation's id, members and API key. */
export interface OrganizationAccess {
  readonly id: string;
  /** The API key that was created with the organisation. */
  readonly key: string;
  readonly members: readonly string[];
}

interface NewOrganization {
  readonly name: string;
  readonly plan?: string;
  readonly rate_limit?: { readonly requests: number; readonly window_seconds: number };
}

/** Creates and deletes organisations and API keys through the control API. */
export interface Settings {
  readonly create: (
    fields: NewOrganization,
    scopes: readonly string[],
  ) => Promise<OrganizationAccess>;
  readonly createKey: (
    id: string,
    scopes: readonly string[],
    expires_at?: string,
  ) => Promise<string>;
  readonly remove: (id: string) => Promise<void>;
  /**
   * Calls any operation of the control API; returns the `data` of the response.
   *
   * @throws NoAnswer without a response, Error for a refusal
   */
  readonly call: (method: string, path: string, body?: object) => Promise<unknown>;
}

/** More requests than are ever sent in a second. */
const noLimit = { requests: 1_000_000, window_seconds: 1 };

export const settingsAt = (controlUrl: string): Settings => {
  const call: Settings['call'] = async (method, path, body) => {
    const response = await fetch(controlUrl + path, {
      method,
      // An open connection would count among those of the attack.
      headers: { Connection: 'close', ...(body && { 'Content-Type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
    }).catch((error: unknown) => {
      throw new NoAnswer(`${method} ${path} of the control API: ${String(error)}`);
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} of the control API returned ${response.status}: ${text}`);
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
    create: async (fields, scopes) => {
      const body = { plan: 'growth', rate_limit: noLimit, ...fields };
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
