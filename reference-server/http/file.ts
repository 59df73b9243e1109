import { invalid } from './refusal.ts';
import type { SchemaNode } from './schema-node.ts';

/** What the contract asks of a file. */
export interface FileRule {
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
