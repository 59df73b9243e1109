import { Transform, type TransformCallback } from 'node:stream';
import { type PartHead, readPartHead, UnreadableHead } from './form-part-head.ts';
import type { Refusal } from './refusals.ts';
import { invalid } from './refusals.ts';

/** What this server takes of a form at most; the API's documentation gives no such limits. */
export const formLimits = {
  /** More parts than any form of the contract has fields. */
  parts: 100,
  /** The head of a part, and what comes before the first one; as much as Node takes of a request's. */
  headBytes: 16 * 1024,
  /** The whole form, packed or not: a CV, all texts, and some files in fields that count for nothing. */
  bytes: 32 * 1024 * 1024,
} as const;

/** What is to become of a part. */
export interface PartPlan {
  /** What to call the part, such as `cv` or `Part 3 of the form`. */
  readonly subject: string;
  /** Under which name it is handed on; undefined if it is passed over. */
  readonly key: string | undefined;
  readonly mostBytes: number;
  /** How many bytes it has had so far. */
  size: number;
}

/** Decides about a part by its head, before its bytes come. */
export type AdmitPart = (head: PartHead, number: number) => PartPlan;

type Stage = 'before' | 'line' | 'head' | 'gap' | 'content' | 'after';

const lineEnd = Buffer.from('\r\n');
const emptyLine = Buffer.from('\r\n\r\n');
const dashes = Buffer.from('--');

/**
 * Stands before multer, and hands the parts of a form on to it with heads that it can't misread.
 * Multer's own reader passes over a part, without a word, whose head it doesn't understand. Here
 * each part is handed on, passed over as admitted, or refused; nothing else can become of it.
 *
 * To multer it is a request: a stream with headers.
 */
export class FormGuard extends Transform {
  readonly headers: Readonly<Record<string, string>>;
  readonly #boundary: string;
  /** What ends a part; RFC 2046 counts the line break before it as its own. */
  readonly #delimiter: Buffer;
  readonly #admit: AdmitPart;
  #stage: Stage = 'before';
  /** What has come and isn't dealt with yet. The first line needs no line break before it. */
  #rest: Buffer = lineEnd;
  #total = 0;
  #parts = 0;
  #part: PartPlan | undefined;

  constructor(boundary: string, admit: AdmitPart) {
    super();
    const quoted = boundary.replaceAll(/[\\"]/g, '\\$&');
    this.headers = {
      'content-type': `multipart/form-data; boundary="${quoted}"`,
      'transfer-encoding': 'chunked',
    };
    this.#boundary = boundary;
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#admit = admit;
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
      done(this.#sayBreak());
      return;
    }
    this.push(`\r\n--${this.#boundary}--\r\n`, 'latin1');
    done();
  }

  /** Each deals with what it can, and answers whether the next one may go on. */
  readonly #steps: Readonly<Record<Stage, () => boolean>> = {
    before: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      const before = this.#rest.subarray(0, at < 0 ? this.#rest.length : at);
      if (before.length > formLimits.headBytes) throw this.#sayNoLine();
      if (at < 0) return false;
      if (/^content-disposition[ \t]*:/im.test(before.toString('latin1'))) {
        throw unreadable(`its first part must come after a line --${this.#boundary}`);
      }
      return this.#goOn(at + this.#delimiter.length, 'line');
    },

    line: () => {
      if (this.#rest.length < dashes.length) return false;
      if (startsWith(this.#rest, dashes)) return this.#goOn(dashes.length, 'after');
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
      return this.#goOn(at + lineEnd.length, 'head');
    },

    head: () => {
      const empty = startsWith(this.#rest, lineEnd);
      const end = empty ? 0 : this.#rest.indexOf(emptyLine);
      const next = this.#rest.indexOf(this.#delimiter);
      // A part may be without content, and then without the empty line too.
      const at = end < 0 || (next >= 0 && next < end) ? next : end;
      if (Math.max(at, at < 0 ? this.#rest.length : 0) > formLimits.headBytes) {
        const most = `${formLimits.headBytes} bytes`;
        throw invalid(`Part ${this.#parts} of the form has a head of more than ${most}.`);
      }
      if (at < 0) return false;
      this.#open(this.#rest.subarray(0, at));
      return this.#goOn(at + (at === end && !empty ? lineEnd.length : 0), 'gap');
    },

    // Here stands the line break of the empty line, which may be that of the next delimiter as well.
    gap: () => {
      const start = this.#rest.subarray(0, this.#delimiter.length);
      if (start.equals(this.#delimiter)) return this.#goOn(0, 'content');
      if (startsWith(this.#delimiter, start)) return false;
      return this.#goOn(lineEnd.length, 'content');
    },

    content: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      // What may be the beginning of a delimiter is kept back.
      const sure = at < 0 ? this.#rest.length - this.#delimiter.length + 1 : at;
      if (sure > 0) this.#give(this.#rest.subarray(0, sure));
      if (at >= 0) {
        this.#part = undefined;
        return this.#goOn(at + this.#delimiter.length, 'line');
      }
      if (sure > 0) this.#rest = this.#rest.subarray(sure);
      return false;
    },

    // What comes behind the end counts for nothing, unless it is another part (RFC 2046, 5.1.1).
    after: () => {
      const at = this.#rest.indexOf(this.#delimiter);
      const behind = at + this.#delimiter.length;
      if (at >= 0 && this.#rest.length >= behind + dashes.length) {
        const again = this.#rest.subarray(behind);
        if (startsWith(again, dashes)) return this.#goOn(behind, 'after');
        throw unreadable(`it goes on after its last line, --${this.#boundary}--`);
      }
      const kept = at < 0 ? this.#rest.length - this.#delimiter.length + 1 : at;
      if (kept > 0) this.#rest = this.#rest.subarray(kept);
      return false;
    },
  };

  /** Leaves so many bytes behind. */
  #goOn(bytes: number, stage: Stage): true {
    this.#rest = this.#rest.subarray(bytes);
    this.#stage = stage;
    return true;
  }

  #open(head: Buffer): void {
    const part = this.#admit(this.#readHead(head), this.#parts);
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

  #give(bytes: Buffer): void {
    const part = this.#part;
    if (!part) return;
    part.size += bytes.length;
    if (part.size > part.mostBytes) {
      throw invalid(`${part.subject} is larger than ${part.mostBytes} bytes.`);
    }
    if (part.key !== undefined) this.push(bytes);
  }

  #sayNoLine(): Refusal {
    return unreadable(
      `it must begin with a line --${this.#boundary} that ends in CR LF, as the boundary of its ` +
        'Content-Type says',
    );
  }

  #sayBreak(): Refusal {
    if (this.#total === 0) return invalid('A body is required.');
    if (this.#stage === 'before') return this.#sayNoLine();
    const place = this.#part ? ` in ${this.#part.subject}` : '';
    return invalid(`The form breaks off${place}: it must end with a line --${this.#boundary}--.`);
  }
}

const startsWith = (bytes: Buffer, start: Buffer): boolean =>
  bytes.subarray(0, start.length).equals(start);

const unreadable = (reason: string): Refusal => invalid(`The form cannot be read: ${reason}.`);
