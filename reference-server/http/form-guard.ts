import { Transform, type TransformCallback } from 'node:stream';
import { type PartHead, readPartHead, UnreadableHead } from './form-part-head.ts';
import type { Refusal } from './refusals.ts';
import { invalid } from './refusals.ts';

/** This server's limits for a form; the documentation has none of these. */
export const formLimits = {
  /** Far more parts than a form of the contract has fields. */
  parts: 100,
  /**
   * The head of a part, and the bytes before the first part; the same as Node's limit for a
   * request's head.
   */
  headBytes: 16 * 1024,
  /** The whole form, compressed or not: a CV, all texts, and some files in unknown fields. */
  bytes: 32 * 1024 * 1024,
} as const;

/** How a part is handled. */
export interface PartPlan {
  /** The part's name in messages, such as `cv` or `Part 3 of the form`. */
  readonly subject: string;
  /** The name under which it is passed to multer; undefined if it is ignored. */
  readonly key: string | undefined;
  readonly maxBytes: number;
  /** How many bytes of it have arrived. */
  size: number;
}

/** Decides by the head of a part how it is handled. */
export type DecidePart = (head: PartHead, number: number) => PartPlan;

type Stage = 'before' | 'line' | 'head' | 'gap' | 'content' | 'after';

const lineEnd = Buffer.from('\r\n');
const emptyLine = Buffer.from('\r\n\r\n');
const dashes = Buffer.from('--');

/**
 * Passes the parts of a form to multer, with heads that multer can't misread: it silently ignores a
 * part whose head it doesn't understand. Here each part is passed on, ignored by decision, or
 * refused.
 *
 * For multer it is a request: a stream with headers.
 */
export class FormGuard extends Transform {
  readonly headers: Readonly<Record<string, string>>;
  readonly #boundary: string;
  /** The end of a part; by RFC 2046 the line break before it belongs to it. */
  readonly #delimiter: Buffer;
  readonly #decide: DecidePart;
  #stage: Stage = 'before';
  /**
   * The bytes that aren't processed yet. It starts with a line break, since the first delimiter
   * needs none.
   */
  #rest: Buffer = lineEnd;
  #total = 0;
  #parts = 0;
  #part: PartPlan | undefined;

  constructor(boundary: string, decide: DecidePart) {
    super();
    const quoted = boundary.replaceAll(/[\\"]/g, '\\$&');
    this.headers = {
      'content-type': `multipart/form-data; boundary="${quoted}"`,
      'transfer-encoding': 'chunked',
    };
    this.#boundary = boundary;
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#decide = decide;
  }

  override _transform(chunk: Buffer, _encoding: unknown, done: TransformCallback): void {
    try {
      this.#total += chunk.length;
      if (this.#total > formLimits.bytes) {
        throw invalid(`The form is larger than ${formLimits.bytes} bytes.`);
      }
      this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
      while (this.#steps[this.#stage]());
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    if (this.#stage !== 'after') {
      done(this.#describeTruncation());
      return;
    }
    this.push(`\r\n--${this.#boundary}--\r\n`, 'latin1');
    done();
  }

  /** Each processes what it can, and returns whether the next step can continue. */
  readonly #steps: Readonly<Record<Stage, () => boolean>> = {
    before: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      const before = this.#rest.subarray(0, at < 0 ? this.#rest.length : at);
      if (before.length > formLimits.headBytes) throw this.#missingBoundary();
      if (at < 0) return false;
      if (/^content-disposition[ \t]*:/im.test(before.toString('latin1'))) {
        throw unreadable(`its first part must come after a line --${this.#boundary}`);
      }
      return this.#advance(at + this.#delimiter.length, 'line');
    },

    line: () => {
      if (this.#rest.length < dashes.length) return false;
      if (startsWith(this.#rest, dashes)) return this.#advance(dashes.length, 'after');
      const at = this.#rest.indexOf(lineEnd);
      const padding = this.#rest.subarray(0, at < 0 ? this.#rest.length : at).toString('latin1');
      if (!/^[ \t]*\r?$/.test(padding) || padding.length > formLimits.headBytes) {
        throw unreadable(
          `a line begins with --${this.#boundary}, and must end there, with CR LF (or with -- at ` +
            'the end of the form)',
        );
      }
      if (at < 0) return false;
      this.#parts += 1;
      if (this.#parts > formLimits.parts) {
        throw unreadable(`it has more than ${formLimits.parts} parts`);
      }
      return this.#advance(at + lineEnd.length, 'head');
    },

    head: () => {
      const empty = startsWith(this.#rest, lineEnd);
      const end = empty ? 0 : this.#rest.indexOf(emptyLine);
      const next = this.#rest.indexOf(this.#delimiter);
      // A part without content may also lack the empty line.
      const at = end < 0 || (next >= 0 && next < end) ? next : end;
      if (Math.max(at, at < 0 ? this.#rest.length : 0) > formLimits.headBytes) {
        const limit = `${formLimits.headBytes} bytes`;
        throw invalid(`Part ${this.#parts} of the form has a head of more than ${limit}.`);
      }
      if (at < 0) return false;
      this.#open(this.#rest.subarray(0, at));
      return this.#advance(at + (at === end && !empty ? lineEnd.length : 0), 'gap');
    },

    // The line break of the empty line may also be the one of the next delimiter.
    gap: () => {
      const start = this.#rest.subarray(0, this.#delimiter.length);
      if (start.equals(this.#delimiter)) return this.#advance(0, 'content');
      if (startsWith(this.#delimiter, start)) return false;
      return this.#advance(lineEnd.length, 'content');
    },

    content: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      // Bytes that may be the start of a delimiter are held back.
      const safe = at < 0 ? this.#rest.length - this.#delimiter.length + 1 : at;
      if (safe > 0) this.#forward(this.#rest.subarray(0, safe));
      if (at >= 0) {
        this.#part = undefined;
        return this.#advance(at + this.#delimiter.length, 'line');
      }
      if (safe > 0) this.#rest = this.#rest.subarray(safe);
      return false;
    },

    // Bytes after the end are ignored, unless they are another part (RFC 2046, 5.1.1).
    after: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      const afterDelimiter = at + this.#delimiter.length;
      if (at >= 0 && this.#rest.length >= afterDelimiter + dashes.length) {
        const following = this.#rest.subarray(afterDelimiter);
        if (startsWith(following, dashes)) return this.#advance(afterDelimiter, 'after');
        throw unreadable(`it goes on after its last line, --${this.#boundary}--`);
      }
      const kept = at < 0 ? this.#rest.length - this.#delimiter.length + 1 : at;
      if (kept > 0) this.#rest = this.#rest.subarray(kept);
      return false;
    },
  };

  /** Skips this many bytes and enters a stage. */
  #advance(bytes: number, stage: Stage): true {
    this.#rest = this.#rest.subarray(bytes);
    this.#stage = stage;
    return true;
  }

  #open(head: Buffer): void {
    const part = this.#decide(this.#readHead(head), this.#parts);
    this.#part = part;
    if (part.key === undefined) return;
    const name = `name="${part.key}"; filename="${part.key}"`;
    const lines = ['', `--${this.#boundary}`, `Content-Disposition: form-data; ${name}`, '', ''];
    this.push(lines.join('\r\n'), 'latin1');
  }

  #readHead(head: Buffer): PartHead {
    try {
      return readPartHead(head);
    } catch (error) {
      if (!(error instanceof UnreadableHead)) throw error;
      const subject = error.partName ?? `Part ${this.#parts} of the form`;
      throw invalid(`${subject} cannot be read: ${error.message}.`);
    }
  }

  #forward(bytes: Buffer): void {
    const part = this.#part;
    if (!part) return;
    part.size += bytes.length;
    if (part.size > part.maxBytes) {
      throw invalid(`${part.subject} is larger than ${part.maxBytes} bytes.`);
    }
    if (part.key !== undefined) this.push(bytes);
  }

  #missingBoundary(): Refusal {
    return unreadable(
      `it must begin with a line --${this.#boundary} that ends in CR LF, by the boundary of its ` +
        'Content-Type',
    );
  }

  #describeTruncation(): Refusal {
    if (this.#total === 0) return invalid('A body is required.');
    if (this.#stage === 'before') return this.#missingBoundary();
    const place = this.#part ? ` in ${this.#part.subject}` : '';
    return invalid(`The form breaks off${place}: it must end with a line --${this.#boundary}--.`);
  }
}

const startsWith = (bytes: Buffer, start: Buffer): boolean =>
  bytes.subarray(0, start.length).equals(start);

const unreadable = (reason: string): Refusal => invalid(`The form cannot be read: ${reason}.`);
