import { ProvisionError } from '../errors.ts';

/** What a provision function or the control API must return. */
export type Expectation = 'organization' | 'key' | 'ids' | 'id' | 'flow' | 'endpoint' | 'nothing';

interface Form {
  /** Completes "It must return …". */
  readonly wanted: string;
  readonly isFulfilled: (value: unknown) => boolean;
  /** Whether messages must not show it. */
  readonly secret?: true;
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '';

const hasText = (value: unknown, name: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  isText((value as Readonly<Record<string, unknown>>)[name]);

const forms: Readonly<Record<Expectation, Form>> = {
  organization: {
    wanted: 'something that names the organisation to the other functions',
    isFulfilled: (value) => value !== undefined && value !== null,
  },
  key: {
    wanted: 'the key as a string that a header can contain',
    isFulfilled: (value) => typeof value === 'string' && /^[\x21-\x7e]+$/.test(value),
    secret: true,
  },
  ids: {
    wanted: 'a list of the ids of users, as strings',
    isFulfilled: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  },
  id: { wanted: 'an id as a string', isFulfilled: isText },
  flow: {
    wanted: 'an object with the id of the flow',
    isFulfilled: (value) => hasText(value, 'id'),
  },
  endpoint: {
    wanted: 'an object with the secret of the endpoint',
    isFulfilled: (value) => hasText(value, 'secret'),
    secret: true,
  },
  nothing: { wanted: 'nothing', isFulfilled: () => true },
};

/**
 * Checks what a provision function or the control API returned: a rule that used it would accuse the
 * target.
 *
 * @param what - what returned it, as the beginning of a sentence
 * @returns the same value
 * @throws ProvisionError when it is of another form
 */
export const expectReturned = <Value>(
  expected: Expectation,
  value: Value,
  what: string,
): NonNullable<Value> => {
  const { wanted, isFulfilled, secret = false } = forms[expected];
  if (isFulfilled(value)) return value as NonNullable<Value>;
  throw new ProvisionError(
    `${what} returned ${describeReturned(value, secret)}. It must return ${wanted}.`,
  );
};

/** A value in short. Of one that may hold a secret only the form is shown. */
const describeReturned = (value: unknown, secret: boolean): string => {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty list';
    return `a list with ${describeReturned(value.find((item) => !isText(item)) ?? value[0], secret)}`;
  }
  if (typeof value === 'string') return describeText(value, secret);
  if (typeof value === 'object') {
    const names = Object.keys(value);
    return names.length === 0
      ? 'an empty object'
      : `an object with ${names.slice(0, 6).join(', ')}`;
  }
  const shown = typeof value === 'number' || typeof value === 'boolean' ? ` ${String(value)}` : '';
  return secret ? `a ${typeof value}` : `a ${typeof value}${shown}`;
};

const describeText = (text: string, secret: boolean): string => {
  if (text.trim() === '') return 'an empty string';
  if (!secret) return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
  const odd = /[^\x21-\x7e]/.test(text) ? ' with spaces or special characters' : '';
  return `a string of ${String(text.length)} characters${odd}`;
};
