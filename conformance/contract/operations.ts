import {
  type Contract,
  type Operation,
  type OperationId,
  schemaAt,
} from '../../openapi/contract.ts';

/** Names the operation of a method and URL; undefined for what the contract doesn't know. */
export type OperationNames = (method: string, url: string) => OperationId | undefined;

/** Tells which operation a method and URL name, by the contract's path templates. */
export const createOperationNames = (contract: Contract, baseUrl: string): OperationNames => {
  const patterns = Object.values(contract.operations).map(({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  const { origin: org, pathname: prefix } = new URL(baseUrl);
  const base = prefix.replace(/\/$/, '');
  return (method, url) => {
    const { origin, pathname } = new URL(url);
    if (origin !== org || !pathname.startsWith(base)) return undefined;
    const path = pathname.slice(base.length);
    return patterns.find((one) => one.method === method && one.pattern.test(path))?.id;
  };
};

/** The URL of an operation, with the values of its path and query parameters. */
export const urlOf = (
  baseUrl: string,
  operation: Operation,
  path: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string | readonly string[]>> = {},
): string => {
  const filled = operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, value] as [string, string]),
    ),
  );
  return `${baseUrl}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
};

/** The operations that do something. */
export const writes = (operations: readonly Operation[]): Operation[] =>
  operations.filter(({ method }) => method !== 'GET');

/** The operations that read lists, or counts, which may trail behind a write (LG-GEN-053). */
export const trailingReads = ({ operations }: Contract): ReadonlySet<OperationId> => {
  const lists = Object.values(operations).filter((one) => one.method === 'GET' && isPaged(one));
  // It shows `dossier_count`.
  return new Set<OperationId>([...lists.map(({ id }) => id), 'getContact']);
};

/** How many items a page of a list holds by default and at most, as the contract says. */
export const pageSizes = (
  contract: Contract,
  operation: OperationId,
): { size: number; maximum: number } => {
  const parameter = contract.operations[operation].parameters.find(
    ({ name }) => name === 'per_page',
  );
  if (!parameter) throw new Error(`${operation} has no parameter per_page.`);
  const schema = schemaAt(contract, parameter.schema);
  return { size: Number(schema['default']), maximum: Number(schema['maximum']) };
};

/** Whether an operation lists in pages that can be asked for. */
export const isPaged = ({ parameters }: Operation): boolean =>
  parameters.some(({ name }) => name === 'per_page');

/** The plan of the contract that has API access. */
export const planWithApi = ({ plans }: Pick<Contract, 'plans'>): string => {
  const [plan] = Object.entries(plans).find(([, { api }]) => api) ?? [];
  if (plan === undefined) throw new Error('No plan of the contract has API access.');
  return plan;
};

/** The plans of the contract that have none. */
export const plansWithoutApi = ({ plans }: Pick<Contract, 'plans'>): string[] =>
  Object.entries(plans).flatMap(([plan, { api }]) => (api ? [] : [plan]));

/** How many requests the plan with API access allows, and in how many seconds. */
export const rateLimitOf = (contract: Pick<Contract, 'plans'>) => {
  const allowance = contract.plans[planWithApi(contract)]?.rateLimit;
  if (!allowance) throw new Error('The contract gives the plan with API access no rate limit.');
  return allowance;
};

/**
 * How many bytes a CV may have: up to `least` in any reading of the documentation, which counts in
 * megabytes, and never more than `most`.
 */
export const cvLimits = (contract: Contract): { least: number; most: number } => {
  const most = Number(schemaAt(contract, '#/components/schemas/Cv')['maxLength']);
  const megabytes = most / 1024 ** 2;
  return { least: megabytes * 1000 ** 2, most };
};
