import { readFileSync } from 'node:fs';
import type { components, operations, webhooks } from './generated/types.ts';
import { escapePointer, nodeAt, resolve, type Node, type Pointer } from './pointer.ts';

export type { Pointer };

/** One of the operations of the bundle. */
export type OperationId = keyof operations;
/** One of the events that the bundle describes under `webhooks`. */
export type EventType = keyof webhooks;
/** The component schemas by name. */
export type Schemas = components['schemas'];
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  /** The location of its schema. */
  readonly schema: Pointer;
}

export interface Media {
  readonly schema: Pointer;
  /** The values of its examples by name, as they are sent or received. */
  readonly examples: Readonly<Record<string, unknown>>;
}

export interface ContractLink {
  readonly operationId: OperationId;
  /** Parameter name to runtime expression, such as `$response.body#/data/id`. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ContractResponse {
  readonly status: number;
  /** Header name to whether the contract requires it. */
  readonly headers: Readonly<Record<string, { required: boolean; schema: Pointer }>>;
  readonly content: Readonly<Record<string, Media>>;
  readonly links: Readonly<Record<string, ContractLink>>;
  /** The error codes that its body can have; none for a success. */
  readonly codes: readonly string[];
}

export interface Operation {
  readonly id: OperationId;
  readonly method: Method;
  /** The path template below the server's URL, such as `/dossiers/{id}`. */
  readonly path: string;
  /** The scopes that a key needs, all of them. */
  readonly scopes: readonly string[];
  readonly parameters: readonly Parameter[];
  /** The media types of the request body; empty where there is none. */
  readonly body: Readonly<Record<string, Media>>;
  readonly responses: Readonly<Record<number, ContractResponse>>;
  /** The status of a successful response. */
  readonly success: number;
  /** The fields of `data`, or of its items, in the documentation's example. */
  readonly exampleMembers: readonly string[];
}

export interface Plan {
  readonly api: boolean;
  readonly rateLimit?: { readonly requests: number; readonly windowSeconds: number };
}

export interface Contract {
  /** The bundle itself; pointers point into it. */
  readonly document: object;
  /** The URL that the documentation gives for production. */
  readonly productionUrl: string;
  readonly operations: Readonly<Record<OperationId, Operation>>;
  readonly events: readonly EventType[];
  readonly scopes: readonly string[];
  readonly keyPrefix: string;
  readonly plans: Readonly<Record<string, Plan>>;
  /** Bytes. */
  readonly jsonBodyLimit: number;
}

/** Reads the bundle. Throws if it is missing: `npm run generate` writes it. */
export const readContract = (): Contract => {
  const document = readGenerated('openapi.json') as Node;
  const key = nodeAt(document, 'components', 'securitySchemes', 'ApiKey');
  return {
    document,
    productionUrl: String((document['servers'] as Node[])[0]?.['url']),
    operations: Object.fromEntries(
      readOperations(document).map((operation) => [operation.id, operation]),
    ) as Record<OperationId, Operation>,
    events: Object.keys(nodeAt(document, 'webhooks')) as EventType[],
    scopes: Object.keys(nodeAt(key, 'x-scopes')),
    keyPrefix: String(key['x-key-prefix']),
    plans: document['x-plans'] as Record<string, Plan>,
    jsonBodyLimit: Number(nodeAt(document, 'x-limits')['jsonBodyBytes']),
  };
};

/** Reads one file of `openapi/generated/`. */
export const readGenerated = (name: string): unknown => {
  try {
    return JSON.parse(readFileSync(new URL(`generated/${name}`, import.meta.url), 'utf8'));
  } catch (cause) {
    const what = `openapi/generated/${name} is missing or broken; run \`npm run generate\``;
    throw new Error(what, { cause });
  }
};

const methods: readonly Method[] = ['GET', 'POST', 'PATCH', 'DELETE'];

const readOperations = (document: Node): Operation[] =>
  Object.entries(nodeAt(document, 'paths')).flatMap(([path, item]) =>
    methods
      .filter((method) => method.toLowerCase() in (item as Node))
      .map((method) => readOperation(document, path, method)),
  );

const readOperation = (document: Node, path: string, method: Method): Operation => {
  const item: Pointer = `#/paths/${escapePointer(path)}`;
  const at: Pointer = `${item}/${method.toLowerCase()}`;
  const node = resolve(document, at).node;
  const responses = Object.keys(nodeAt(node, 'responses')).map((status) =>
    readResponse(document, `${at}/responses/${status}`, Number(status)),
  );
  return {
    id: node['operationId'] as OperationId,
    method,
    path,
    scopes: (node['security'] as Record<string, string[]>[]).flatMap((entry) =>
      Object.values(entry).flat(),
    ),
    parameters: [...readParameters(document, item), ...readParameters(document, at)],
    body: node['requestBody'] ? readContent(document, `${at}/requestBody`) : {},
    responses: Object.fromEntries(responses.map((response) => [response.status, response])),
    success: Math.min(...responses.map((response) => response.status)),
    exampleMembers: node['x-example-members'] as string[],
  };
};

const readParameters = (document: Node, owner: Pointer): Parameter[] =>
  ((resolve(document, owner).node['parameters'] ?? []) as Node[]).map((_, index) => {
    const { node, pointer } = resolve(document, `${owner}/parameters/${String(index)}`);
    return {
      name: String(node['name']),
      in: node['in'] as Parameter['in'],
      required: node['required'] === true,
      schema: `${pointer}/schema`,
    };
  });

const readResponse = (document: Node, at: Pointer, status: number): ContractResponse => {
  const { node, pointer } = resolve(document, at);
  const content = node['content'] ? readContent(document, pointer) : {};
  return {
    status,
    content,
    codes: Object.values(content).flatMap((media) => readCodes(document, media.schema)),
    headers: readEach(node, 'headers', (name) => {
      const header = resolve(document, `${pointer}/headers/${name}`);
      return { required: header.node['required'] === true, schema: `${header.pointer}/schema` };
    }),
    links: readEach(node, 'links', (name) => {
      const link = resolve(document, `${pointer}/links/${name}`).node;
      return {
        operationId: link['operationId'] as OperationId,
        parameters: link['parameters'] as Record<string, string>,
      };
    }),
  };
};

/** An error response narrows the code of the common error schema to its own. */
const readCodes = (document: Node, schema: Pointer): string[] => {
  const error = (resolve(document, schema).node['properties'] as Record<string, Node>)['error'];
  const branches = (error?.['allOf'] ?? []) as { properties?: { code?: { enum?: string[] } } }[];
  return branches.flatMap((branch) => branch.properties?.code?.enum ?? []);
};

const readContent = (document: Node, at: Pointer): Record<string, Media> => {
  const { node, pointer } = resolve(document, at);
  return readEach(node, 'content', (type) => {
    const media: Pointer = `${pointer}/content/${escapePointer(type)}`;
    return {
      schema: `${media}/schema`,
      examples: readEach(resolve(document, media).node, 'examples', (name) => {
        const example = resolve(document, `${media}/examples/${name}`).node;
        return example['value'];
      }),
    };
  });
};

const readEach = <T>(node: Node, key: string, read: (name: string) => T): Record<string, T> =>
  Object.fromEntries(Object.keys(node[key] ?? {}).map((name) => [name, read(name)]));

/** The schema at a pointer, with a `$ref` followed. */
export const schemaAt = (
  contract: Pick<Contract, 'document'>,
  pointer: Pointer,
): Readonly<Record<string, unknown>> => resolve(contract.document as Node, pointer).node;
