import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type HttpResponse, mostBytes } from './message.ts';

type Decoder = (bytes: Buffer, limits: { readonly maxOutputLength: number }) => Buffer;

/** Some servers leave out the zlib header, which clients usually accept. */
const inflate: Decoder = (bytes, limits) => {
  try {
    return inflateSync(bytes, limits);
  } catch (thrown) {
    if (isTooLarge(thrown)) throw thrown;
    return inflateRawSync(bytes, limits);
  }
};

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflate],
  ['br', brotliDecompressSync],
]);

const isTooLarge = (thrown: unknown): boolean =>
  (thrown as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';

/** The text of a body. One that can't be decoded is returned unchanged, for the rules to check. */
export const decodeBody = (
  bytes: Buffer,
  encoding: string,
): Pick<HttpResponse, 'body' | 'oversized'> => {
  if (bytes.length === 0) return { body: '' };
  const decoder = decoders.get(encoding.trim().toLowerCase());
  if (!decoder) return { body: textOf(bytes) };
  try {
    return { body: textOf(decoder(bytes, { maxOutputLength: mostBytes })) };
  } catch (thrown) {
    return isTooLarge(thrown) ? { body: '', oversized: true } : { body: textOf(bytes) };
  }
};

/** Skips a byte order mark, and replaces what isn't UTF-8. */
const textOf = (bytes: Buffer): string => new TextDecoder().decode(bytes);
