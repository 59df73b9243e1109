import { brokenDown, messageOf } from '../breakdown.ts';
import type { AnyProvision } from './provision.ts';
import { Unavailable } from './unavailable.ts';

/**
 * Calls a function of the user.
 *
 * @throws Breakdown when it throws, in a sentence that names it
 * @throws Unavailable when it throws an error of that name
 */
export const called = async <Value>(
  name: keyof AnyProvision,
  call: () => Value | Promise<Value>,
): Promise<Value> => {
  try {
    return await call();
  } catch (thrown) {
    // By its name, since a module of the user may have been loaded beside another copy of the kit.
    if (thrown instanceof Error && thrown.name === 'Unavailable') {
      throw new Unavailable(thrown.message);
    }
    throw brokenDown(`provision.${name} failed: ${messageOf(thrown)}. Correct the function.`);
  }
};

/** Calls one that must give text. */
export const calledForText = async (
  name: keyof AnyProvision,
  call: () => string | Promise<string>,
): Promise<string> => {
  const value: unknown = await called(name, call);
  if (typeof value === 'string' && value !== '') return value;
  const what = name === 'createKey' ? 'the key' : 'an id';
  throw brokenDown(`provision.${name} gave ${typeof value}. Let it return ${what} as text.`);
};
