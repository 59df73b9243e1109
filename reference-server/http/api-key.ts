import { hash } from 'node:crypto';

/** Enough that nobody guesses one. */
const randomBytesOfAKey = 24;

/** Makes a key: the contract's prefix, then random letters, digits, `-` and `_` (LG-AUT-006). */
export const makeKey = (prefix: string, randomBytes: (size: number) => Buffer): string =>
  prefix + randomBytes(randomBytesOfAKey).toString('base64url');

/** What is kept of a key: its SHA-256, in hexadecimal. */
export const hashKey = (key: string): string => hash('sha256', key);
