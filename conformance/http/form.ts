/**
 * The bytes of a form, as browsers send it. They are sent in one piece, since a server may refuse a
 * form before it has read all of it, and close the connection while the client is still writing.
 */
export const encodeForm = async (
  form: FormData,
): Promise<{ readonly body: Uint8Array; readonly type: string }> => {
  const parts = await Promise.all(Array.from(form as Iterable<FormEntry>, readPart));
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

/** The name and the value of a field; of a file, what is sent of it. */
type FormEntry = readonly [
  name: string,
  value: string | (Pick<Blob, 'type' | 'arrayBuffer'> & { readonly name: string }),
];

const readPart = async ([name, value]: FormEntry): Promise<Part> => {
  const head = `Content-Disposition: form-data; name="${escape(withLineEnds(name))}"`;
  if (typeof value === 'string') return { head, content: Buffer.from(withLineEnds(value)) };
  const type = value.type || 'application/octet-stream';
  return {
    head: `${head}; filename="${escape(value.name)}"\r\nContent-Type: ${type}`,
    content: Buffer.from(await value.arrayBuffer()),
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
