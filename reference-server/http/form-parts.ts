import { TextDecoder } from 'node:util';
import type { Request } from 'express';
import multer from 'multer';
import type { Media } from '../../openapi/contract.ts';
import { type Exchange, pipeBody, runMiddleware } from './body-bytes.ts';
import {
  type BodyContract,
  describeForm,
  type FormShape,
  type ParsedBody,
  requireFile,
} from './expected-body.ts';
import { type DecidePart, FormGuard, formLimits, type PartPlan } from './form-guard.ts';
import { type PartHead, readHeaderValue } from './form-part-head.ts';
import { invalid } from './refusals.ts';
import { convertText, type Validate } from './schema-validation.ts';

/** A part that the contract names, with its bytes. */
interface NamedPart extends PartPlan {
  readonly head: PartHead;
  bytes: Buffer;
}

/** The parts of a form that the contract names, by name. */
type NamedParts = ReadonlyMap<string, NamedPart>;

/** Holds the parts of a form in memory; the guard limits their number and size. */
const read = multer({ storage: multer.memoryStorage() }).any();

/**
 * Reads a form into memory: text fields as JSON values, and files separately (LG-CV-001 to
 * LG-CV-005, LG-CV-018 to LG-CV-027).
 *
 * A form is read completely or refused: no part is dropped because of its spelling.
 *
 * @throws (the reader) Refusal invalid_body
 */
export const createReadForm = (contract: BodyContract, validate: Validate) => {
  const shapes = new Map<string, FormShape>();
  return async (media: Media, exchange: Exchange): Promise<ParsedBody> => {
    const shape = shapes.get(media.schema) ?? describeForm(contract, media.schema);
    shapes.set(media.schema, shape);
    const parts = await readParts(shape, contract.jsonBodyLimit, exchange);
    const files = readFiles(shape, parts);
    const form = { ...readFields(shape, parts), ...placeholdersFor(files) };
    validate(media.schema, form, 'The form');
    return { body: form, files };
  };
};

const readParts = async (
  shape: FormShape,
  textLimit: number,
  { request, response }: Exchange,
): Promise<NamedParts> => {
  const named = new Map<string, NamedPart>();
  const guard = new FormGuard(readBoundary(request), createDecidePart(shape, textLimit, named));
  pipeBody(request, guard, 'The form', formLimits.bytes);
  await runMiddleware(read, { request: guard as unknown as Request, response });
  const { files = [] } = guard as { files?: Express.Multer.File[] };
  const byKey = new Map(files.map(({ fieldname, buffer }) => [fieldname, buffer]));
  for (const part of named.values()) part.bytes = byKey.get(String(part.key)) ?? part.bytes;
  return named;
};

const readBoundary = ({ headers }: Request): string => {
  const { parameters, problem } = readHeaderValue(headers['content-type'] ?? '');
  const boundary = parameters.get('boundary') ?? '';
  if (problem === undefined && /^[\x20-\x7e]+$/.test(boundary)) return boundary;
  const reason = problem === undefined ? '' : ` ${problem};`;
  throw invalid(
    `The form cannot be read: its Content-Type${reason} must have a boundary, as in ` +
      'multipart/form-data; boundary=between-parts.',
  );
};

/** Decides how the parts of one form are handled, and records those that the contract names. */
const createDecidePart =
  (shape: FormShape, textLimit: number, named: Map<string, NamedPart>): DecidePart =>
  (head, number) => {
    const { name } = head;
    const rule = shape.files.get(name);
    if (!rule && !shape.fields.has(name)) return ignorePart(head, number, shape, textLimit);
    if (rule) requireFilePart(head);
    else requireTextPart(head);
    const earlier = named.get(name);
    if (earlier && !(rule && isEmptyFile(earlier))) {
      throw invalid(
        rule
          ? `${name} must be one file; the form has more than one part of that name.`
          : `${name} must be a string; the form has more than one part of that name.`,
      );
    }
    const maxBytes = rule?.maxBytes ?? textLimit;
    const key = String(number);
    const part = { subject: name, key, maxBytes, size: 0, head, bytes: Buffer.alloc(0) };
    named.set(name, part);
    return part;
  };

/** Ignores fields that the contract doesn't name, files too (LG-GEN-033, LG-CV-027). */
const ignorePart = (
  head: PartHead,
  number: number,
  shape: FormShape,
  textLimit: number,
): PartPlan => {
  const { name } = head;
  // Some clients write arrays and objects like this; without this check the field would be lost.
  const [baseName = ''] = name.split('[', 1);
  const kind = shape.files.has(baseName)
    ? 'one file'
    : shape.fields.has(baseName)
      ? 'a string'
      : undefined;
  if (baseName !== name && kind !== undefined) {
    throw invalid(`${baseName} must be ${kind}, in a part with the name ${baseName} alone.`);
  }
  const subject = `Part ${number} of the form, ${JSON.stringify(name.slice(0, 100))},`;
  const maxBytes = isFile(head) ? Infinity : textLimit;
  return { subject, key: undefined, maxBytes, size: 0 };
};

const isFile = ({ filename, type }: PartHead): boolean =>
  filename !== undefined || (type !== '' && !type.startsWith('text/'));

const requireFilePart = (head: PartHead): void => {
  if (!isFile(head)) throw invalid(`${head.name} must be a file: its part needs a filename.`);
};

/** A field is text by the contract; the declared type of its part is ignored. */
const requireTextPart = ({ name, filename = '', type, charset }: PartHead): void => {
  if (filename !== '') {
    throw invalid(`${name} must be a string, not a file: its part must not have a filename.`);
  }
  if (type.startsWith('multipart/')) {
    throw invalid(`${name} must be a string; its part must not be multipart.`);
  }
  if (!createDecoder(charset)) {
    throw invalid(`${name} must be in UTF-8; the charset ${String(charset)} is not known.`);
  }
};

/** Browsers send this for a file field without a file; some clients leave the name out. */
const isEmptyFile = ({ head: { filename = '' }, size }: NamedPart): boolean =>
  filename === '' && size === 0;

/**
 * A decoder for the charset of a part, by default UTF-8. Others are accepted too: a widespread
 * client sends all texts in ISO-8859-1 by default.
 */
const createDecoder = (charset = 'utf-8'): TextDecoder | undefined => {
  // By its standard TextDecoder reads ASCII as Windows-1252, which would garble UTF-8.
  const label = /^(us-)?ascii$/i.test(charset) ? 'utf-8' : charset;
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    return undefined;
  }
};

const readFields = (shape: FormShape, parts: NamedParts): Record<string, unknown> => {
  const fields: Record<string, unknown> = {};
  for (const [name, types] of shape.fields) {
    const part = parts.get(name);
    if (part) fields[name] = convertText(decode(name, part), types);
  }
  return fields;
};

const decode = (name: string, { head: { charset }, bytes }: NamedPart): string => {
  try {
    return createDecoder(charset)?.decode(bytes) ?? '';
  } catch {
    throw invalid(`${name} is not valid ${charset ?? 'UTF-8'}.`);
  }
};

/** Placeholders for the files in schema validation; their bytes are checked elsewhere. */
const placeholdersFor = (files: ReadonlyMap<string, Buffer>): Record<string, string> =>
  Object.fromEntries([...files.keys()].map((name) => [name, 'file']));

const readFiles = (shape: FormShape, parts: NamedParts): ReadonlyMap<string, Buffer> => {
  const files = new Map<string, Buffer>();
  for (const [name, rule] of shape.files) {
    const part = parts.get(name);
    if (!part || isEmptyFile(part)) continue;
    requireFile(name, part.bytes, rule);
    files.set(name, part.bytes);
  }
  return files;
};
