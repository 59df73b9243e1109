import type { NextFunction, Request, Response } from 'express';
import { type Clock, timestamp } from './services.ts';

/** What the log is made of. */
export interface RequestLogParts {
  /** Takes one line, without its end. */
  readonly write: (line: string) => void;
  /** What time it is for the server. */
  readonly clock: Clock;
  /** Milliseconds since some moment; unlike the clock nobody moves it. */
  readonly elapsed: () => number;
  /** Leaves secrets out. */
  readonly mask: Mask;
}

type RequestLog = (request: Request, response: Response, next: NextFunction) => void;

/**
 * Writes a line for each request when it is over: time, method, target, status, milliseconds. Keys
 * stand in headers, which aren't written; one that strayed into the target is left out there.
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

/** What no line of the log and no complaint may show. */
export interface Secrets {
  /** How keys and secrets begin that are made of letters, digits, `-` and `_`. */
  readonly prefixes: readonly string[];
  /** Secrets that are known as they are. */
  readonly words: readonly string[];
}

/** Leaves secrets out of a line, however they are spelled there. */
type Mask = (line: string) => string;

/** Part of a line that is left out, and what stands in its place. */
interface Gap {
  readonly from: number;
  readonly to: number;
  readonly sign: string;
}

/** Finds gaps in a text; the spelling of each of its letters says which of them were encoded. */
type Look = (text: string, spelling: readonly string[]) => Gap[];

/**
 * Makes a mask. It sees through percent-encoding, repeated and partial too, and through the case of
 * letters; what it leaves stands as it was written. Beside secrets that it knows it leaves out what
 * stands in a query under the name of one, and a user with a password before a host.
 */
export const createMask = ({ prefixes, words }: Secrets): Mask => {
  const looks = [...prefixes.map(byPrefix), ...words.map(byWord), byName, byUser];
  return (line) => {
    const spelling = decode(line);
    const text = spelling.map(({ letter }) => letter).join('');
    const written = spelling.map((one) => one.written);
    const gaps = looks.flatMap((look) => look(text, written));
    return leaveOut(
      gaps.sort((one, other) => one.from - other.from),
      written,
    );
  };
};

/** A letter, and how it is written: `%2564` is a `d`. */
interface Spelled {
  readonly letter: string;
  readonly written: string;
}

/** Decodes as long as there is something to decode; bytes that are no ASCII stay bytes. */
const decode = (line: string): readonly Spelled[] => {
  const read: Spelled[] = [];
  for (const sign of line.split('')) {
    read.push({ letter: sign, written: sign });
    for (let whole = lastEscape(read); whole; whole = lastEscape(read)) read.splice(-3, 3, whole);
  }
  return read;
};

/** The letter that the last three stand for, if they are an escape. */
const lastEscape = (read: readonly Spelled[]): Spelled | undefined => {
  if (read.at(-3)?.letter !== '%') return undefined;
  const last = read.slice(-3);
  const [, digits] = /^%([\da-f]{2})$/i.exec(last.map(({ letter }) => letter).join('')) ?? [];
  if (digits === undefined) return undefined;
  const letter = String.fromCharCode(Number.parseInt(digits, 16));
  return { letter, written: last.map(({ written }) => written).join('') };
};

const gapsOf = (pattern: RegExp, text: string, sign: string): Gap[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) => ({
    ...{ from: index, to: index + found.length, sign },
  }));

const escape = (text: string): string => text.replace(/[^\w\s]/g, '\\$&');

const byPrefix = (prefix: string): Look => {
  const pattern = new RegExp(`${escape(prefix)}[\\w-]*`, 'gi');
  return (text) => gapsOf(pattern, text, `${prefix}…`);
};

/** From how many letters on a word is no part of another by chance. */
const longWord = 8;

const byWord = (word: string): Look => {
  const alone = word.length < longWord;
  const pattern = alone ? `(?<![\\w-])${escape(word)}(?![\\w-])` : escape(word);
  return (text) => gapsOf(new RegExp(pattern, 'gi'), text, '…');
};

const names =
  /[?&](?:[\w-]*[_-])?(?:api|access)?(?:key|token|secret|password|auth|authorization|credentials?)=/gi;

/** Up to the next parameter: an `&` that is encoded belongs to the value. */
const byName: Look = (text, written) =>
  [...text.matchAll(names)].map(({ index, 0: found }) => {
    const from = index + found.length;
    const end = written.findIndex((sign, at) => at >= from && /^[&\s]$/.test(sign));
    return { from, to: end < 0 ? text.length : end, sign: '…' };
  });

const byUser: Look = (text) => gapsOf(/(?<=\bhttps?:\/\/)[^/?#\s]+(?=@)/gi, text, '…');

/** @param gaps - in the order of their beginnings; of those that overlap the first gives the sign */
const leaveOut = (gaps: readonly Gap[], written: readonly string[]): string => {
  let line = '';
  let end = 0;
  for (const { from, to, sign } of gaps) {
    if (from >= end && to > from) line += written.slice(end, from).join('') + sign;
    end = Math.max(end, to);
  }
  return line + written.slice(end).join('');
};
