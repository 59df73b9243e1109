import multer, { MulterError } from 'multer';
import type { RequestHandler } from 'express';
import type { Media } from '../../openapi/contract.ts';
import { describeForm, type FormShape } from './form-shape.ts';
import { requireFile } from './file.ts';
import type { BodyContract, Input } from './input.ts';
import { runMiddleware, type Exchange } from './middleware.ts';
import { readText } from './read-text.ts';
import { invalid } from './refusal.ts';
import type { Validate } from './validate.ts';

/** More fields than any form of the contract has; each is bounded by the JSON limit. */
const mostFields = 100;

interface Form {
  readonly shape: FormShape;
  readonly read: RequestHandler;
}

/**
 * Reads a form into memory: text fields as the values that they stand for, files apart
 * (LG-CV-001 to LG-CV-005, LG-CV-018 to LG-CV-027).
 *
 * @throws (the reader) Refusal invalid_body
 */
export const createReadForm = (contract: BodyContract, validate: Validate) => {
  const forms = new Map<string, Form>();
  return async (media: Media, exchange: Exchange): Promise<Input> => {
    const known = forms.get(media.schema);
    const form = known ?? createForm(describeForm(contract, media.schema), contract.jsonBodyLimit);
    forms.set(media.schema, form);
    await readParts(form, exchange);
    const files = readFiles(form.shape, exchange);
    const fields = readFields(form.shape, exchange);
    const whole = { ...fields, ...standInsFor(files) };
    validate(media.schema, whole, 'The form');
    return { body: whole, files };
  };
};

const createForm = (shape: FormShape, jsonBodyLimit: number): Form => {
  const upload = multer({
    storage: multer.memoryStorage(),
    limits: {
      fields: mostFields,
      fieldSize: jsonBodyLimit,
      fileSize: Math.max(0, ...[...shape.files.values()].map((file) => file.maxBytes)),
    },
    // Files in other fields are passed over, as other unknown fields are (LG-CV-027).
    fileFilter: (_request, file, accept) => {
      accept(null, shape.files.has(file.fieldname));
    },
  });
  return { shape, read: upload.any() };
};

const readParts = async ({ shape, read }: Form, exchange: Exchange): Promise<void> => {
  try {
    await runMiddleware(read, exchange);
  } catch (error) {
    throw invalid(sayFormError(error, shape));
  }
};

const sayFormError = (error: unknown, shape: FormShape): string => {
  const field = (error instanceof MulterError && error.field) || 'A field';
  const rule = shape.files.get(field);
  if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE' && rule) {
    return `${field} is larger than ${rule.maxBytes} bytes.`;
  }
  if (error instanceof MulterError && error.code === 'LIMIT_FIELD_VALUE') {
    return `${field} is too long.`;
  }
  return `The form cannot be read: ${(error as Error).message}.`;
};

const readFields = (shape: FormShape, { request }: Exchange): Record<string, unknown> => {
  // Multer makes it without a prototype; no body at all leaves it undefined.
  const fields = (request.body ?? {}) as Record<string, unknown>;
  for (const name of shape.files.keys()) {
    if (name in fields) throw invalid(`${name} must be a file.`);
  }
  for (const [name, types] of shape.fields) {
    const text = fields[name];
    if (typeof text === 'string') fields[name] = readText(text, types);
  }
  return fields;
};

/** What the schema is shown for the files, whose bytes are looked at elsewhere. */
const standInsFor = (files: ReadonlyMap<string, Buffer>): Record<string, string> =>
  Object.fromEntries([...files.keys()].map((name) => [name, 'file']));

const readFiles = (shape: FormShape, { request }: Exchange): ReadonlyMap<string, Buffer> => {
  const files = new Map<string, Buffer>();
  for (const file of (request.files ?? []) as Express.Multer.File[]) {
    if (files.has(file.fieldname)) throw invalid(`${file.fieldname} must be one file.`);
    files.set(file.fieldname, file.buffer);
  }
  for (const [name, rule] of shape.files) {
    const bytes = files.get(name);
    if (bytes) requireFile(name, bytes, rule);
  }
  return files;
};
