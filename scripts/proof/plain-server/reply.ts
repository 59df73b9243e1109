/** What an operation answers. */
export interface Reply {
  readonly status: 200 | 201;
  readonly body: { readonly data: unknown; readonly meta?: unknown };
}
