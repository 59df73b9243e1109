/** What Redocly Respect writes with `--json-output`, as far as it matters here. */
interface RespectLog {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly Workflow[] }>>;
}

interface Workflow {
  readonly workflowId: string;
  readonly executedSteps: readonly Step[];
}

interface Step {
  readonly stepId: string;
  readonly checks: readonly {
    readonly name: string;
    readonly passed: boolean;
    readonly condition?: string;
  }[];
}

/** The checks that failed, each named by its step and by what it demands. */
export const findingsIn = (text: string): string[] =>
  Object.values((JSON.parse(text) as RespectLog).files)
    .flatMap(({ executedWorkflows }) => executedWorkflows)
    .flatMap(({ workflowId, executedSteps }) =>
      executedSteps.flatMap(({ stepId, checks }) =>
        checks
          .filter(({ passed }) => !passed)
          .map(({ name, condition = '' }) =>
            `${workflowId}/${stepId}: ${name} ${condition}`.trim(),
          ),
      ),
    );
