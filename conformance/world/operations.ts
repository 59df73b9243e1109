import type { Contract, Operation, OperationId } from '../../openapi/contract.ts';

/** Names the operation of a method and URL; undefined for what the contract doesn't know. */
export type OperationNames = (method: string, url: string) => OperationId | undefined;

/** Tells which operation a method and URL name, by the contract's path templates. */
export const createOperationNames = (contract: Contract, baseUrl: string): OperationNames => {
  const patterns = Object.values(contract.operations).map(({ id, method, path }) => ({
    id,
    method,
    pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  const { origin: home, pathname: prefix } = new URL(baseUrl);
  const base = prefix.replace(/\/$/, '');
  return (method, url) => {
    const { origin, pathname } = new URL(url);
    if (origin !== home || !pathname.startsWith(base)) return undefined;
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
