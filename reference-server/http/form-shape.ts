import { schemaAt, type Pointer } from '../../openapi/contract.ts';
import { fileRuleOf, type FileRule } from './file.ts';
import { propertiesOf, resolveNode, typesOf, type Described } from './schema-node.ts';

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
