/** A file in a form. */
export interface FormFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** The declared media type; empty for any bytes. */
  readonly type: string;
}

type Entry = readonly [name: string, value: string | FormFile];

/** A form as plain data, with the methods of the web's. Its files aren't copied. */
export class Form {
  #entries: Entry[] = [];

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  append(name: string, value: string | FormFile): void {
    this.#entries.push([name, value]);
  }

  delete(name: string): void {
    this.#entries = this.#entries.filter(([one]) => one !== name);
  }

  /** Replaces a field, or adds it at the end. */
  set(name: string, value: string): void {
    const at = this.#entries.findIndex(([one]) => one === name);
    if (at < 0) this.append(name, value);
    else {
      this.#entries = this.#entries.flatMap((entry, index): Entry[] => {
        if (index === at) return [[name, value]];
        return entry[0] === name ? [] : [entry];
      });
    }
  }
}

/**
 * The bytes of a form, as browsers send it. They are sent in one piece, since a server may refuse a
 * form before it has read all of it, and close the connection while the client is still writing.
 */
export const encodeForm = (form: Form): { readonly body: Uint8Array; readonly type: string } => {
  const parts = form.entries.map(toPart);
  const boundary = boundaryFor(parts);
  const lines = parts.flatMap(({ head, content }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    content,
    lineEnd,
  ]);
  return {
    body: Buffer.concat([...lines, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
};

interface Part {
  readonly head: string;
  readonly content: Buffer;
}

const lineEnd = Buffer.from('\r\n');

const toPart = ([name, value]: Entry): Part => {
  const head = `Content-Disposition: form-data; name="${escape(withLineEnds(name))}"`;
  if (typeof value === 'string') return { head, content: Buffer.from(withLineEnds(value)) };
  const { bytes } = value;
  return {
    head: `${head}; filename="${escape(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}`,
    content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  };
};

/** Line ends in texts become those of the format (HTML, 4.10.21.8). */
const withLineEnds = (text: string): string => text.replaceAll(/\r\n|\r|\n/g, '\r\n');

const escape = (text: string): string =>
  text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');

/** The first boundary that no part contains: the same form always has the same bytes. */
const boundaryFor = (parts: readonly Part[]): string => {
  for (let number = 0; ; number += 1) {
    const boundary = `----leadgrid-conformance-${String(number).padStart(6, '0')}`;
    if (!parts.some(({ content }) => content.includes(boundary))) return boundary;
  }
};
