import { isUtf8 } from 'node:buffer';
import { schemaAt, type Contract, type Operation, type Parameter } from '../../openapi/contract.ts';
import { parseJson, type Exchange } from './exchange.ts';
import type { FindFlaw } from './odd-answers.ts';

/**
 * What makes a request wrong in itself, by the contract alone; undefined where the contract lets it
 * be sent. Forms and files are not looked into.
 */
export const requestFlaw = (
  contract: Contract,
  { operation: id, request }: Exchange,
  flawOf: FindFlaw,
): string | undefined => {
  if (id === undefined) return undefined;
  const operation = contract.operations[id];
  const { pathname, searchParams } = new URL(request.url);
  return (
    pathFlaw(operation, pathname, flawOf) ??
    queryFlaw(contract, operation, searchParams, flawOf) ??
    bodyFlaw(operation, request, flawOf)
  );
};

const pathFlaw = (
  { path, parameters }: Operation,
  pathname: string,
  flawOf: FindFlaw,
): string | undefined => {
  const names = path.split('/');
  const values = pathname.split('/').slice(-names.length);
  for (const [index, name] of names.entries()) {
    if (!name.startsWith('{')) continue;
    const parameter = parameters.find((one) => `{${one.name}}` === name && one.in === 'path');
    const flaw = parameter && flawOf(parameter.schema, unescaped(values[index] ?? ''));
    if (flaw !== undefined) return 'the id in its path is malformed';
  }
  return undefined;
};

/** What is escaped wrongly is no text, and so no id. */
const unescaped = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

const queryFlaw = (
  contract: Contract,
  { parameters }: Operation,
  query: URLSearchParams,
  flawOf: FindFlaw,
): string | undefined => {
  for (const name of new Set(query.keys())) {
    const parameter = parameters.find((one) => one.name === name && one.in === 'query');
    if (!parameter) return `its parameter ${name} is unknown`;
    const flaw = flawOf(parameter.schema, valueOf(contract, parameter, query.getAll(name)));
    if (flaw !== undefined) return `its parameter ${name} has no documented value`;
  }
  return undefined;
};

const valueOf = (contract: Contract, { schema }: Parameter, texts: readonly string[]): unknown => {
  const { type } = schemaAt(contract, schema);
  if (type === 'array') return texts;
  const [text = ''] = texts;
  // Of several values none is the one.
  if (texts.length > 1) return texts;
  return type === 'integer' && /^-?\d+$/.test(text) ? Number(text) : text;
};

const bodyFlaw = (
  { body }: Operation,
  { headers, body: bytes }: Exchange['request'],
  flawOf: FindFlaw,
): string | undefined => {
  const types = Object.keys(body);
  if (types.length === 0) return undefined;
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const media = body[type];
  if (bytes.length === 0) return 'it has no body';
  if (!media) return 'its body has a media type that is not documented';
  if (type !== 'application/json') return undefined;
  if (!isUtf8(bytes)) return 'its body is no UTF-8';
  const flaw = flawOf(media.schema, parseJson(new TextDecoder().decode(bytes)));
  return flaw === undefined ? undefined : 'its body is not of the documented form';
};
