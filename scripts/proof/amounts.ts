import { InvalidArgumentError } from 'commander';

/**
 * An amount that may be none, as somebody types it.
 *
 * @throws InvalidArgumentError for what isn't a whole number of 0 or more
 */
export const parseAmount = (text: string): number => {
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(Number(text))) {
    throw new InvalidArgumentError('It should be a whole number of 0 or more.');
  }
  return Number(text);
};
