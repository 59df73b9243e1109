import { type Contract, type Operation, schemaAt } from '../../../openapi/contract.ts';
import { type Node, type Pointer, resolve } from '../../../openapi/pointer.ts';
import type { Draft } from '../harness/http-request.ts';
import { below, pick, type Random } from '../harness/random.ts';
import { mutate, mutateObject, withHeader } from './mutate.ts';
import type { DrawIds, Generate, Kind } from './values.ts';

/** A request of the fuzzer, and how it was made. */
export interface Planned {
  readonly draft: Draft;
  readonly operation: Operation;
  /** Valid, mutated from a valid one, or random. */
  readonly way: 'valid' | 'mutated' | 'random';
  /** The parts of its form, if it has one. */
  readonly parts?: readonly FormPart[];
  /** The ids of the other organisation in it. */
  readonly foreign: readonly string[];
  /** The scopes of its API key; undefined for an invalid one. */
  readonly scopes: readonly string[] | undefined;
}

/** An API key and its scopes; undefined if it is invalid. */
export interface KnownKey {
  readonly authorization: string;
  readonly scopes: readonly string[] | undefined;
}

export interface RequestPlan {
  readonly contract: Contract;
  readonly generate: Generate;
  readonly draw: DrawIds;
  readonly random: Random;
  /** The API key with all scopes comes first. */
  readonly keys: readonly KnownKey[];
}

/** How often an operation is drawn: writes more often than reads. */
const weight = ({ method, body }: Operation): number =>
  method === 'POST' ? 3 : Object.keys(body).length > 0 ? 2 : 1;

/** Returns a function that plans the next request, to a random operation. */
export const createPlanner = (plan: RequestPlan): (() => Planned) => {
  const { contract, random, draw, keys } = plan;
  const operations = Object.values(contract.operations).flatMap((operation) =>
    Array.from({ length: weight(operation) }, () => operation),
  );
  const base = new URL(contract.productionUrl).pathname;
  return () => {
    const operation = pick(random, operations) as Operation;
    draw.takeForeign();
    const key = random() < 0.94 ? keys[0] : pick(random, keys);
    const authorization = key?.authorization ?? '';
    const draft: Draft = {
      method: operation.method,
      path: base + fillPath(operation.path, draw),
      query: makeQuery(plan, operation),
      headers: [['Host', 'localhost'], ...(authorization ? [authorizedBy(authorization)] : [])],
      body: undefined,
    };
    const { parts, ...whole } = addBody(plan, operation, draft);
    const known = { operation, scopes: key?.scopes, ...(parts && { parts }) };
    const chance = random();
    if (chance < 0.6)
      return { ...known, draft: whole.draft, way: 'valid', foreign: draw.takeForeign() };
    const odd = chance < 0.92 ? mutate(whole.draft, random) : randomize(whole.draft, random);
    const way = chance < 0.92 ? 'mutated' : 'random';
    return { ...known, draft: odd, way, foreign: draw.takeForeign() };
  };
};

const authorizedBy = (authorization: string) => ['Authorization', authorization] as const;

const fillPath = (template: string, draw: DrawIds): string =>
  template.replaceAll(
    /\/(\w+)\/\{(\w+)\}/g,
    (_, kind: string) => `/${kind}/${draw.one(kind as Kind)}`,
  );

const makeQuery = (
  { contract, generate, draw, random }: RequestPlan,
  operation: Operation,
): string[] =>
  operation.parameters.flatMap(({ name, in: place, schema }) => {
    if (place !== 'query' || random() < 0.7) return [];
    const node = schemaAt(contract, schema);
    const whole = node['type'] === 'integer' ? 1 + below(random, 40) : undefined;
    const value = whole ?? generate(schema, random, namedAs(draw, name));
    return [value].flat().map((one) => `${name}=${encodeURIComponent(toText(one))}`);
  });

/** The schema of a query parameter has no field name; the parameter's name is used. */
const namedAs = (draw: DrawIds, name: string) => (field: string) => draw.ids(field || name);

const toText = (value: unknown): string => {
  const text = typeof value === 'string' ? Buffer.from(value).toString() : String(value);
  return text.length > 500 ? text.slice(0, 500) : text;
};

const addBody = (
  plan: RequestPlan,
  operation: Operation,
  draft: Draft,
): { draft: Draft; parts?: readonly FormPart[] } => {
  const { generate, random, draw } = plan;
  const type = pick(random, Object.keys(operation.body));
  const media = type === undefined ? undefined : operation.body[type];
  if (!media || type === undefined) return { draft };
  if (type === 'application/pdf') {
    return { draft: { ...withHeader(draft, 'Content-Type', type), body: makePdfOfSize(random) } };
  }
  const made = generate(media.schema, random, draw.ids) as Record<string, unknown>;
  if (type === 'application/json') {
    const object = random() < 0.25 ? mutateObject(made, random) : made;
    const body = Buffer.from(JSON.stringify(object));
    return { draft: { ...withHeader(draft, 'Content-Type', type), body } };
  }
  const parts = partsOf(plan, media.schema, made);
  const { body, contentType } = writeForm(parts, random, random() < 0.6);
  return { draft: { ...withHeader(draft, 'Content-Type', contentType), body }, parts };
};

const partsOf = (
  { contract, random }: RequestPlan,
  schema: Pointer,
  fields: Readonly<Record<string, unknown>>,
): FormPart[] => {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, bytes: toBytes(value, random), isFile: false }));
  const files = fileFields(contract.document as Node, schema);
  const wanted = files.filter(() => random() < 0.7);
  return [
    ...parts,
    ...wanted.map((name) => ({ name, bytes: makePdfOfSize(random), isFile: true })),
  ];
};

/** The bytes of a form field, sometimes not UTF-8. */
const toBytes = (value: unknown, random: Random): Buffer => {
  const bytes = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return random() < 0.02 ? Buffer.concat([bytes, Buffer.from([0xe9, 0x20, 0xff])]) : bytes;
};

const fileFields = (document: Node, schema: Pointer): string[] => {
  const { node } = resolve(document, schema);
  const parts = (node['allOf'] ?? []) as { $ref?: Pointer; properties?: Record<string, Node> }[];
  const own = [node, ...parts].flatMap((part) =>
    Object.entries((part.properties ?? {}) as Record<string, Node>),
  );
  return own
    .filter(([, property]) => {
      const ref = property['$ref'] as Pointer | undefined;
      return (ref ? resolve(document, ref).node : property)['format'] === 'binary';
    })
    .map(([name]) => name);
};

/** Replaces most of a request by noise. */
const randomize = (draft: Draft, random: Random): Draft => {
  const noise = Buffer.from(Array.from({ length: below(random, 300) }, () => below(random, 256)));
  const segment = noise.toString('base64url').slice(0, 40);
  const path = random() < 0.5 ? `${draft.path}/${segment}` : `/${segment}`;
  const method = pick(random, ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) ?? 'GET';
  const headers = draft.headers.filter(() => random() < 0.8);
  return random() < 0.5
    ? { ...draft, method, headers, body: noise }
    : { ...draft, method, path, headers, body: random() < 0.5 ? noise : undefined };
};

/** A part of a form. */
export interface FormPart {
  readonly name: string;
  readonly bytes: Buffer;
  readonly isFile: boolean;
}

/** The ways in which clients write Content-Disposition. */
const dispositions: readonly ((name: string, file: string) => string)[] = [
  (name, file) => `form-data; name="${name}"${file && `; filename="${file}.pdf"`}`,
  (name, file) => `form-data; name="${name}"${file && `; filename="${file}.pdf"`};`,
  (name, file) => `form-data; name=${name}${file && `; filename=${file}.pdf`}`,
  (name, file) => `form-data; name="${name}"${file && '; filename=my cv [1].pdf'}`,
  (name, file) => `form-data; name = "${name}"${file && '; filename = "a.pdf"'}`,
  (name, file) => `form-data; name="${name}"${file && '; filename=""'}`,
  (name, file) =>
    `form-data; name="${name}"${file && `; filename="é.pdf"; filename*=UTF-8''%C3%A9.pdf`}`,
  (name, file) =>
    `form-data; name="${name}"${file && `; filename="é.pdf"; filename*="UTF-8''%C3%A9.pdf"`}`,
  (name, file) => `form-data; name="${name}"${file && '; filename*=a.pdf'}`,
  (name, file) => `form-data; name="${name}"${file && "; filename*=UTF-8''100%.pdf"}`,
  (name, file) => `form-data; name="${name}"${file && '; filename="a"b".pdf"'}`,
  (name, file) => `form-data; name="${name}"${file && '; filename="a\\"b\\\\.pdf"'}`,
  (name, file) => `FORM-DATA; NAME="${name}"${file && '; FILENAME="A.PDF"'}`,
  (name, file) => `attachment; name="${name}"${file && '; filename="a.pdf"'}`,
];

const types = ['application/pdf', 'APPLICATION/PDF', 'application/octet-stream', 'text/plain', ''];

/** Writes a form; if plain, as browsers do. */
const writeForm = (
  parts: readonly FormPart[],
  random: Random,
  plain: boolean,
): Pick<Draft, 'body'> & { readonly contentType: string } => {
  const boundary = plain || random() < 0.9 ? `fire${below(random, 1e9)}` : '==fire==';
  const chunks = parts.flatMap(({ name, bytes, isFile }) => {
    const write = plain || random() < 0.5 ? dispositions[0] : pick(random, dispositions);
    const lines = [`Content-Disposition: ${write?.(name, isFile ? 'cv' : '') ?? ''}`];
    const type = isFile && (plain ? types[0] : pick(random, types));
    if (type) lines.push(`Content-Type: ${type}`);
    const head = `--${boundary}\r\n${lines.join('\r\n')}\r\n\r\n`;
    return [Buffer.from(head), bytes, Buffer.from('\r\n')];
  });
  const end = Buffer.from(`--${boundary}--\r\n`);
  const tail = plain || random() < 0.9 ? '' : ';';
  return {
    body: Buffer.concat([...chunks, end]),
    contentType: `multipart/form-data; boundary=${boundary}${tail}`,
  };
};

/** Bytes that begin like a PDF. */
export const makePdfOfSize = (
  random: Random,
  size = 20 + below(random, random() < 0.9 ? 40 : 5000),
): Buffer => {
  const bytes = Buffer.alloc(size, String(random()));
  bytes.write('%PDF-1.7\r\n--');
  return bytes;
};
