/**
 * A location in a document of the contract as a JSON pointer, such as
 * `#/components/schemas/Dossier`.
 */
export type Pointer = `#/${string}`;

export type Node = Record<string, unknown>;

/** Follows a pointer, and the `$ref` at its end if there is one. */
export const resolve = (document: Node, pointer: Pointer): { node: Node; pointer: Pointer } => {
  const node = pointer
    .slice(2)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Node>((parent, token) => nodeAt(parent, token), document);
  const ref = node['$ref'];
  return typeof ref === 'string' ? resolve(document, ref as Pointer) : { node, pointer };
};

/** A name as one token of a pointer. */
export const escapePointer = (token: string): string =>
  token.replaceAll('~', '~0').replaceAll('/', '~1');

/** The object at the end of these keys. Throws if there is none. */
export const nodeAt = (node: Node, ...path: string[]): Node =>
  path.reduce<Node>((parent, key) => {
    const child = parent[key];
    if (typeof child !== 'object' || child === null) throw new Error(`The bundle has no ${key}.`);
    return child as Node;
  }, node);
