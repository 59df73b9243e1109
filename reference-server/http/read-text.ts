const wholeNumber = /^-?\d+$/;
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value that a text stands for, where the contract asks for something else than text: forms and
 * queries know text only (LG-CV-005, LG-GEN-021).
 *
 * Ajv's own coercion isn't used: it takes null for 0, an empty text for null and `0x10` for 16.
 * Text that stands for nothing of these types stays text, for the schema to refuse.
 */
export const readText = (text: string, types: ReadonlySet<string>): string | number => {
  if (types.has('number') && jsonNumber.test(text)) return Number(text);
  if (types.has('integer') && wholeNumber.test(text)) return finite(Number(text));
  return text;
};

/** However many digits it has, a whole number is one: too great, and not none at all. */
const finite = (value: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(value, Number.MAX_VALUE));
