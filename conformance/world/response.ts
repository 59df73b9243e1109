/** What an answer may be built of; a status may be any that HTTP can carry. */
export interface ResponseParts {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string>>;
}

// The constructor refuses a body for these, even an empty one.
const bodiless = [101, 204, 205, 304];

/**
 * A response with any status. The constructor refuses those outside 200 to 599, which a target may
 * answer all the same: it is for the rules to say what is wrong with them.
 */
export const buildResponse = (
  body: ConstructorParameters<typeof Response>[0],
  { status, headers }: ResponseParts,
): Response => {
  const kept = bodiless.includes(status) ? null : body;
  if (status >= 200 && status <= 599) return new Response(kept, { status, headers });
  const response = new Response(kept, { headers });
  // `ok` is read off the status that was built; nothing here asks for it.
  Object.defineProperty(response, 'status', { value: status });
  return response;
};
