import type { NextFunction, Request, Response } from 'express';
import { type Clock, timestamp } from './services.ts';

/** The dependencies of the log. */
export interface RequestLogParts {
  /** Writes one line, without a line break. */
  readonly write: (line: string) => void;
  /** The server's clock. */
  readonly clock: Clock;
  /** Monotonic time in milliseconds; unlike the clock it can't be moved. */
  readonly elapsed: () => number;
  /** Masks secrets. */
  readonly mask: Mask;
}

type RequestLog = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Writes a line for each request when it has ended: time, method, target, status, milliseconds.
 * Headers, which contain the API keys, aren't written; a key in the target is masked.
 */
export const createRequestLog = ({ write, clock, elapsed, mask }: RequestLogParts): RequestLog => {
  return ({ method, url }, response, next) => {
    const began = elapsed();
    response.once('close', () => {
      const status = response.writableFinished ? String(response.statusCode) : 'gone';
      const took = `${Math.round(elapsed() - began)} ms`;
      write([timestamp(clock.now()), method, mask(url), status, took].join(' '));
    });
    next();
  };
};

/** The secrets that no log line may show. */
export interface Secrets {
  /** The prefixes of keys and secrets; the rest of them is letters, digits, `-` and `_`. */
  readonly prefixes: readonly string[];
  /** Complete secrets. */
  readonly words: readonly string[];
}

/** Masks the secrets in a line, in any encoding. */
type Mask = (line: string) => string;

/** A part of a line that is masked, and its replacement. */
interface MaskedPart {
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

/**
 * Finds the parts to mask in a decoded text; the spelling of each letter shows whether it was
 * encoded.
 */
type FindSecrets = (text: string, spelling: readonly string[]) => MaskedPart[];

/**
 * Creates a mask. It recognises secrets in any case and percent-encoding, even repeated or partial;
 * the rest of the line stays unchanged. It also masks query parameters that are named like secrets,
 * and a user with a password before a host.
 */
export const createMask = ({ prefixes, words }: Secrets): Mask => {
  const finders = [...prefixes.map(byPrefix), ...words.map(byWord), byName, byUser];
  return (line) => {
    const spelling = decode(line);
    const text = spelling.map(({ letter }) => letter).join('');
    const written = spelling.map((one) => one.written);
    const parts = finders.flatMap((find) => find(text, written));
    return replaceParts(
      parts.sort((one, other) => one.from - other.from),
      written,
    );
  };
};

/** A letter and its spelling in the line: `%2564` is a `d`. */
interface Spelled {
  readonly letter: string;
  readonly written: string;
}

/** Decodes repeatedly; bytes that aren't ASCII stay bytes. */
const decode = (line: string): readonly Spelled[] => {
  const read: Spelled[] = [];
  for (const replacement of line.split('')) {
    read.push({ letter: replacement, written: replacement });
    for (let whole = lastEscape(read); whole; whole = lastEscape(read)) read.splice(-3, 3, whole);
  }
  return read;
};

/** The letter that the last three encode, if they are an escape. */
const lastEscape = (read: readonly Spelled[]): Spelled | undefined => {
  if (read.at(-3)?.letter !== '%') return undefined;
  const last = read.slice(-3);
  const [, digits] = /^%([\da-f]{2})$/i.exec(last.map(({ letter }) => letter).join('')) ?? [];
  if (digits === undefined) return undefined;
  const letter = String.fromCharCode(Number.parseInt(digits, 16));
  return { letter, written: last.map(({ written }) => written).join('') };
};

const findMatches = (pattern: RegExp, text: string, replacement: string): MaskedPart[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    ...{ from: index, to: index + found.length, replacement },
  }));

const escape = (text: string): string => text.replace(/[^\w\s]/g, '\\$&');

const byPrefix = (prefix: string): FindSecrets => {
  const pattern = new RegExp(`${escape(prefix)}[\\w-]*`, 'gi');
  return (text) => findMatches(pattern, text, `${prefix}…`);
};

/** From this length on a word is masked inside other words too. */
const longWordLength = 8;

const byWord = (word: string): FindSecrets => {
  const alone = word.length < longWordLength;
  const pattern = alone ? `(?<![\\w-])${escape(word)}(?![\\w-])` : escape(word);
  return (text) => findMatches(new RegExp(pattern, 'gi'), text, '…');
};

const names =
  /[?&](?:[\w-]*[_-])?(?:api|access)?(?:key|token|secret|password|auth|authorization|credentials?)=/gi;

/** Up to the next parameter: an encoded `&` belongs to the value. */
const byName: FindSecrets = (text, written) =>
  [...text.matchAll(names)].map(({ index, 0: found }) => {
    const from = index + found.length;
    const end = written.findIndex((letter, at) => at >= from && /^[&\s]$/.test(letter));
    return { from, to: end < 0 ? text.length : end, replacement: '…' };
  });

const byUser: FindSecrets = (text) => findMatches(/(?<=\bhttps?:\/\/)[^/?#\s]+(?=@)/gi, text, '…');

/** @param parts - ordered by start; of overlapping ones the first decides the replacement */
const replaceParts = (parts: readonly MaskedPart[], written: readonly string[]): string => {
  let line = '';
  let end = 0;
  for (const { from, to, replacement } of parts) {
    if (from >= end && to > from) line += written.slice(end, from).join('') + replacement;
    end = Math.max(end, to);
  }
  return line + written.slice(end).join('');
};
