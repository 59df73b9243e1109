/**
 * CTRF 0.0.0 as JSON Schema, after its specification: the required fields, the optional ones that
 * this kit has, and no other ones outside `extra`.
 */
const text = { type: 'string' };
const name = { type: 'string', minLength: 1 };
const whole = { type: 'integer', minimum: 0 };
const extra = { type: 'object' };

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional, extra },
});

const list = (items: object, minItems = 0) => ({ type: 'array', items, minItems });

const test = object(
  {
    ...{ name, duration: whole },
    status: { enum: ['passed', 'failed', 'skipped', 'pending', 'other'] },
  },
  {
    ...{ message: text, trace: text, rawStatus: text, type: text },
    ...{ start: whole, stop: whole, suite: list(text, 1), tags: list(text) },
  },
);

const summary = object(
  {
    ...{ tests: whole, passed: whole, failed: whole, skipped: whole, pending: whole },
    ...{ other: whole, start: whole, stop: whole },
  },
  { duration: whole, suites: whole },
);

export const ctrfSchema = object(
  {
    reportFormat: { const: 'CTRF' },
    specVersion: { type: 'string', pattern: String.raw`^\d+\.\d+\.\d+$` },
    results: object(
      { tool: object({ name }, { version: text }), summary, tests: list(test) },
      { environment: object({}, { testEnvironment: text }) },
    ),
  },
  { timestamp: { type: 'string', format: 'date-time' }, generatedBy: text },
);
