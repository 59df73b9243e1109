/** A body as handlers take it. */
export interface Input {
  readonly body: unknown;
  /** The files of a form by the names of their fields. */
  readonly files: ReadonlyMap<string, Buffer>;
}
