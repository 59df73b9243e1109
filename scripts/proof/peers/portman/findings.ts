/** What newman tells of a run, as far as it matters here. */
export interface NewmanSummary {
  readonly run: { readonly failures: readonly NewmanFailure[] };
}

interface NewmanFailure {
  readonly source?: { readonly name?: string };
  /** `test` is the name of the test that failed; what broke down otherwise has a message only. */
  readonly error: { readonly test?: string; readonly message: string };
}

/** The tests that failed, each named by its request. */
export const findingsIn = ({ run }: NewmanSummary): string[] =>
  run.failures.map(({ source, error }) => `${source?.name ?? ''}: ${error.test ?? error.message}`);
