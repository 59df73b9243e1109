import { type Contract, type Pointer, schemaAt } from '../../openapi/contract.ts';
import { invalid } from './refusals.ts';
import { type Described, propertiesOf, resolveNode, type SchemaNode, typesOf } from './validation.ts';

/** What is read of the contract, or of the control API's description, to read bodies. */
export type BodyContract = Pick<Contract, 'document' | 'jsonBodyLimit'>;

/** A body as handlers take it. */
export interface Input {
  readonly body: unknown;
  /** The files of a form by the names of their fields. */
  readonly files: ReadonlyMap<string, Buffer>;
}

/** The fields of a form: those of text with the JSON types that they stand for, and the files. */
export interface FormShape {
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly files: ReadonlyMap<string, FileRule>;
}

/** Reads from the contract what a form consists of. */
export const describeForm = (contract: Described, pointer: Pointer): FormShape => {
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

/** What the contract asks of a file. */
interface FileRule {
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly mediaType: string;
}

/** The first bytes by which a file of a media type is known. */
const signatures: Readonly<Record<string, string>> = { 'application/pdf': '%PDF-' };

/** The rule of a binary schema: its lengths count bytes. Undefined for a schema of other things. */
export const fileRuleOf = (schema: SchemaNode): FileRule | undefined =>
  schema['format'] === 'binary'
    ? {
        minBytes: Number(schema['minLength'] ?? 0),
        maxBytes: Number(schema['maxLength'] ?? Infinity),
        mediaType: String(schema['contentMediaType']),
      }
    : undefined;

/**
 * Looks at a file by its bytes; what it claims to be doesn't count (LG-CV-021 to LG-CV-023). That it
 * is not too large was seen while it was read.
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
