import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { invalid } from './refusals.ts';
import {
  propertiesOf,
  resolveNode,
  type SchemaNode,
  type SchemaSource,
  typesOf,
} from './schema-validation.ts';

/**
 * The parts of the contract, or of the control API's description, that are needed to read bodies.
 */
export type BodyContract = Pick<Contract, 'document' | 'jsonBodyLimit'>;

/** A body as handlers receive it. */
export interface ParsedBody {
  readonly body: unknown;
  /** The files of a form by field name. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The fields of a form: text fields with their JSON types, and files. */
export interface FormShape {
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly files: ReadonlyMap<string, FileRule>;
}

/** Reads the fields of a form from the contract. */
export const describeForm = (contract: SchemaSource, pointer: Pointer): FormShape => {
  const fields = new Map<string, ReadonlySet<string>>();
  const files = new Map<string, FileRule>();
  for (const [name, node] of propertiesOf(contract, schemaAt(contract, pointer))) {
    const schema = resolveNode(contract, node);
    const rule = fileRuleOf(schema);
    if (rule) files.set(name, rule);
    else fields.set(name, typesOf(contract, schema));
  }
  return { fields, files };
};

/** The contract's requirements for a file. */
interface FileRule {
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly mediaType: string;
}

/** The first bytes of files of a media type. */
const signatures: Readonly<Record<string, string>> = { 'application/pdf': '%PDF-' };

/** The rule of a binary schema, whose lengths are in bytes. Undefined for any other schema. */
export const fileRuleOf = (schema: SchemaNode): FileRule | undefined =>
  schema['format'] === 'binary'
    ? {
        minBytes: Number(schema['minLength'] ?? 0),
        maxBytes: Number(schema['maxLength'] ?? Infinity),
        mediaType: String(schema['contentMediaType']),
      }
    : undefined;

/**
 * Checks a file by its bytes; its declared type is ignored (LG-CV-021 to LG-CV-023). The maximum
 * size was checked while it was read.
 *
 * @throws Refusal invalid_body, which names the field
 */
export const requireFile = (name: string, bytes: Buffer, rule: FileRule): void => {
  if (bytes.length < rule.minBytes) throw invalid(`${name} must not be empty.`);
  const signature = signatures[rule.mediaType];
  if (
    signature !== undefined &&
    !bytes.subarray(0, signature.length).equals(Buffer.from(signature))
  ) {
    throw invalid(`${name} must be a file of type ${rule.mediaType}.`);
  }
};
