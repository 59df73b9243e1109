/** What an answer has in the place of a text, as one; not every object can be made a text of. */
export const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'nothing' : JSON.stringify(value);
