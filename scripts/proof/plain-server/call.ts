import type { Form } from './wire/form.ts';
import type { Installation } from './installation.ts';
import type { Occurrence } from './webhooks/occurrence.ts';
import type { Key, Listed, Organization } from './records.ts';
import type { Reply } from './reply.ts';

export type { Reply } from './reply.ts';

/** A JSON object, as it came. */
export type Body = Readonly<Record<string, unknown>>;

/** One request that has passed all checks, as an operation sees it. */
export interface Call {
  readonly installation: Installation;
  readonly organization: Organization;
  /** The organisation as lists and counts show it, which may trail behind (LG-GEN-053). */
  readonly listed: Listed;
  readonly key: Key;
  /** Parts of the path by their names. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly form: Form | undefined;
  /** The body as it came. */
  readonly raw: Buffer;
  /** What the body is said to be; empty where nothing is said. */
  readonly contentType: string;
  /** What has happened, for those who listen. */
  readonly occurrences: Occurrence[];
}

export type Operation = (call: Call) => Reply;

export const found = (data: unknown): Reply => ({ status: 200, body: { data } });

export const made = (data: unknown): Reply => ({ status: 201, body: { data } });
