import { createReadBytes } from './bytes.ts';
import { schemaAt, type Media } from '../../openapi/contract.ts';
import { requireFile, fileRuleOf } from './file.ts';
import { describeForm } from './form-shape.ts';
import type { Input } from './input.ts';
import type { Exchange } from './middleware.ts';
import type { Described } from './schema-node.ts';

/**
 * Reads a body that is a file (LG-CV-011, LG-CV-018 to LG-CV-023). It is handed over under the name
 * that the file has in the form that the operation takes as well, so that the two are one to it.
 *
 * @throws (the reader) Refusal invalid_body
 */
export const createReadFileBody =
  (contract: Described) =>
  async (
    { schema }: Media,
    exchange: Exchange,
    all: Readonly<Record<string, Media>>,
  ): Promise<Input> => {
    const rule = fileRuleOf(schemaAt(contract, schema));
    const form = all['multipart/form-data'];
    const [name] = form ? describeForm(contract, form.schema).files.keys() : [];
    if (!rule || name === undefined) throw new Error(`${schema} is no file of a form.`);
    const bytes = await createReadBytes(rule.maxBytes)(exchange);
    requireFile(name, bytes, rule);
    return { body: undefined, files: new Map([[name, bytes]]) };
  };
