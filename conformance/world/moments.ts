/** All values of `created_at` in a body, at whatever depth. */
export const momentsIn = (json: unknown): unknown[] => {
  if (Array.isArray(json)) return json.flatMap(momentsIn);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    name === 'created_at' ? [value] : momentsIn(value),
  );
};
