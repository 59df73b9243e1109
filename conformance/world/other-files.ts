import type { RawRequest } from './client.ts';
import type { Exchange } from './exchange.ts';
import type { FilePart } from './forms.ts';
import { expectPermittedRefusal } from './permitted-refusals.ts';
import type { World } from './world.ts';

const encoder = new TextEncoder();

/** A picture of one pixel. */
const png = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  ),
  (letter) => letter.charCodeAt(0),
);
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/**
 * Files that are no PDF in any way: by their label, by their bytes, nor by their name, which some
 * servers take for a label.
 */
export const otherFiles: readonly [FilePart, ...FilePart[]] = [
  { bytes: png, name: 'photo.png', type: 'image/png' },
  { bytes: encoder.encode('Dear reader,\r\nI apply.\r\n'), name: 'letter.txt', type: 'text/plain' },
  { bytes: encoder.encode('PK\u0003\u0004 a document'), name: 'resume.docx', type: docx },
  { bytes: encoder.encode('<!doctype html><p>A CV</p>'), name: 'page.html', type: 'text/html' },
  { bytes: encoder.encode('MZ a program'), name: 'cv.exe', type: 'application/octet-stream' },
];

/** Between the parts of a form that is written by hand. */
const boundary = 'between-the-parts';

/** A form with a file whose part has no media type at all, and that is no PDF by its bytes. */
export const unlabelledForm = (fields: Readonly<Record<string, string>>): RawRequest => {
  const part = (disposition: string, text: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
  const texts = Object.entries(fields).map(([name, text]) => part(`name="${name}"`, text));
  const file = part('name="cv"; filename="letter.txt"', 'Dear reader, I apply.');
  return {
    body: `${texts.join('')}${file}--${boundary}--\r\n`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
};

/** It was refused, as a bad body or as one of an unsupported media type (LG-CV-021, LG-GEN-029). */
export const expectFileRefused = (world: Pick<World, 'acceptances'>, exchange: Exchange): void => {
  expectPermittedRefusal(world, exchange, ['LG-CV-021', 'LG-GEN-029']);
};
