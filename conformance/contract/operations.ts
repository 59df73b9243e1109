import {
  type Contract,
  type Operation,
  type OperationId,
  schemaAt,
} from '../../openapi/contract.ts';
import { readRegister, type RequirementId } from '../../openapi/register.ts';

/** Returns the operation of a method and URL; undefined for an unknown one. */
export type OperationNames = (method: string, url: string) => OperationId | undefined;

/** Finds operations by the contract's path templates, below this base URL. */
export const createOperationNames = (contract: Contract, baseUrl: string): OperationNames => {
  const patterns = Object.values(contract.operations).map(({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  return (method, url) => {
    const { origin, pathname } = new URL(url);
    if (origin !== base.origin || !pathname.startsWith(prefix)) return undefined;
    const path = pathname.slice(prefix.length);
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

/** The operations that aren't GET. */
export const writes = (operations: readonly Operation[]): Operation[] =>
  operations.filter(({ method }) => method !== 'GET');

/** The operations that read lists or counts, which may lag behind a write (LG-GEN-053). */
export const trailingReads = ({ operations }: Contract): ReadonlySet<OperationId> => {
  const lists = Object.values(operations).filter((one) => one.method === 'GET' && isPaged(one));
  // Its response has `dossier_count`.
  return new Set<OperationId>([...lists.map(({ id }) => id), 'getContact']);
};

/**
 * The default and the maximum of `per_page`.
 *
 * @throws Error for an operation without it
 */
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

/** Whether an operation has the parameter `per_page`. */
export const isPaged = ({ parameters }: Operation): boolean =>
  parameters.some(({ name }) => name === 'per_page');

/** The name of the plan with API access. */
export const planWithApi = ({ plans }: Pick<Contract, 'plans'>): string => {
  const [plan] = Object.entries(plans).find(([, { api }]) => api) ?? [];
  if (plan === undefined) throw new Error('No plan of the contract has API access.');
  return plan;
};

/** The names of the plans without API access. */
export const plansWithoutApi = ({ plans }: Pick<Contract, 'plans'>): string[] =>
  Object.entries(plans).flatMap(([plan, { api }]) => (api ? [] : [plan]));

/** The rate limit of the plan with API access: requests, and the window in seconds. */
export const rateLimitOf = (contract: Pick<Contract, 'plans'>) => {
  const allowance = contract.plans[planWithApi(contract)]?.rateLimit;
  if (!allowance) throw new Error('The contract gives the plan with API access no rate limit.');
  return allowance;
};

/**
 * The size limit of a CV in bytes. The documentation gives it in megabytes: up to `least` a CV is
 * accepted in any reading, above `most` in none.
 */
export const cvLimits = (contract: Contract): { least: number; most: number } => {
  const most = Number(schemaAt(contract, '#/components/schemas/Cv')['maxLength']);
  const megabytes = most / 1024 ** 2;
  return { least: megabytes * 1000 ** 2, most };
};

/** Which of these requirements concern an operation, by the register. */
export const concerning = <Id extends RequirementId>(
  requirements: readonly Id[],
): ((operation: OperationId) => readonly Id[]) => {
  const register = new Map(readRegister().map(({ id, concerns }) => [id, concerns]));
  return (operation) => requirements.filter((id) => register.get(id)?.includes(operation));
};
