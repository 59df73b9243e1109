import { placeholder } from './draft.ts';

export const methods = ['get', 'post', 'patch', 'delete'] as const;
export type Method = (typeof methods)[number];

/** A parameter of the path: the component that others refer to, or a name alone. */
export interface PathParameter {
  readonly name: string;
  readonly reference: string | undefined;
}

/** The facts of an operation that are known before it is described. */
export interface OperationFacts {
  readonly id: string;
  readonly method: Method;
  readonly tag: string;
  readonly scopes: readonly string[];
  /** Whether it answers with a page. */
  readonly isList: boolean;
  /** The answer where what its path names isn't there. */
  readonly notFound: string | undefined;
}

const components = '../components';

/** The head of a new path's file; nothing for a path without parameters. */
export const pathParametersText = (parameters: readonly PathParameter[]): string =>
  parameters.length === 0 ? '' : `parameters:\n${parameters.map(parameterText).join('')}\n`;

const parameterText = ({ name, reference }: PathParameter): string =>
  reference === undefined
    ? `  - name: ${name}
    in: path
    required: true
    description: '${placeholder} the id of what.'
    schema:
      type: string
    example: 3f1c7d64-52a0-4b7e-9d35-6c2f8e1b0a47
`
    : `  - $ref: ${reference}\n`;

/** An operation of a path's file, complete but for what only its author knows. */
export const operationText = (facts: OperationFacts): string => {
  const { id, method, tag, scopes } = facts;
  return `${method}:
  operationId: ${id}
  x-example-members: [id]
  tags: [${tag}]
  summary: '${placeholder} what it does, in a few words'
  description: |
    ${placeholder} what it does, and what it leaves alone.
  security:
    - ApiKey: [${scopes.join(', ')}]
${facts.isList ? paging : ''}${takesBody(method) ? requestBody(id) : ''}  responses:
    '${method === 'post' ? '201' : '200'}':
      description: '${placeholder} what is answered.'
      headers:
        X-RateLimit-Limit:
          $ref: ${components}/headers/RateLimitLimit.yaml
        X-RateLimit-Remaining:
          $ref: ${components}/headers/RateLimitRemaining.yaml
      content:
        application/json:
          schema:
${facts.isList ? pageSchema : itemSchema}          examples:
            ${id}:
              summary: '${placeholder} what it shows'
              value:
${facts.isList ? pageExample : itemExample}${refusals(facts)}`;
};

const takesBody = (method: Method): boolean => method === 'post' || method === 'patch';

const paging = `  parameters:
    - $ref: ${components}/parameters/Page.yaml
    - $ref: ${components}/parameters/PerPage.yaml
`;

const requestBody = (id: string): string => `  requestBody:
    required: true
    content:
      application/json:
        schema:
          type: object
          required: [name]
          properties:
            name:
              description: '${placeholder} this field, and all others.'
              type: string
              minLength: 1
        examples:
          ${id}Request:
            summary: '${placeholder} what it shows'
            value:
              name: Noor Bakker
`;

/** An item, indented by so many spaces. */
const item = (spaces: number): string =>
  [
    'type: object',
    'required: [id]',
    'properties:',
    '  id:',
    `    description: '${placeholder} this field, and all others.'`,
    '    type: string',
    '    minLength: 1',
  ]
    .map((line) => `${' '.repeat(spaces)}${line}\n`)
    .join('');

const itemSchema = `            type: object
            required: [data]
            properties:
              data:
${item(16)}`;

const pageSchema = `            type: object
            required: [data, meta]
            properties:
              data:
                type: array
                items:
${item(18)}              meta:
                $ref: ${components}/schemas/PageMeta.yaml
`;

const exampleId = 'a6b1f2f0-7c1d-4b6e-8f57-0d9c3e5a4b21';

const itemExample = `                data:
                  id: ${exampleId}
`;

const pageExample = `                data:
                  - id: ${exampleId}
                meta:
                  total: 1
                  page: 1
                  per_page: 25
`;

const refusals = ({ method, isList, notFound }: OperationFacts): string => {
  const bad = isList ? 'BadQuery' : takesBody(method) ? 'BadRequest' : undefined;
  const known = (name: string) => `${components}/responses/${name}.yaml`;
  const all: readonly [number, string | undefined][] = [
    [400, bad && known(bad)],
    [401, known('Unauthorized')],
    [402, known('PlanRequired')],
    [403, known('Forbidden')],
    [404, notFound],
    [429, known('RateLimited')],
    [500, known('InternalError')],
  ];
  return all
    .flatMap(([status, reference]) =>
      reference === undefined ? [] : [`    '${status}':\n      $ref: ${reference}\n`],
    )
    .join('');
};
