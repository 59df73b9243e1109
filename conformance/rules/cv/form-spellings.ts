import { refuse } from '../../liars/access.ts';
import { defineRule } from '../../rule.ts';
import { expectEqual, expectThat } from '../../world/expectations.ts';
import { dataOf, type Dossier } from '../../world/organization.ts';
import { pdf } from '../../world/pdf.ts';

const encoder = new TextEncoder();

interface Spelling {
  readonly announced: (boundary: string) => string;
  readonly field: (name: string) => string;
  readonly file: string;
}

const disposition = 'Content-Disposition: form-data;';

/** How widespread clients write the same form. */
const spellings: readonly Spelling[] = [
  {
    announced: (boundary) => `multipart/form-data; boundary="${boundary}"`,
    field: (name) => `${disposition} name="${name}"`,
    file: `${disposition} name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `${disposition} name="${name}"\r\nContent-Type: text/plain; charset=UTF-8`,
    file: `${disposition} name="cv"; filename="cv.pdf"\r\nContent-Type: application/pdf`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `Content-Type: text/plain; charset=utf-8\r\n${disposition} name="${name}"`,
    file: `Content-Type: application/pdf\r\n${disposition} name="cv"; filename="cv.pdf"`,
  },
  {
    announced: (boundary) => `multipart/form-data; boundary=${boundary}`,
    field: (name) => `content-disposition: form-data; name="${name}"`,
    file: `content-disposition: form-data; name="cv"; filename="cv.pdf"\r\ncontent-type: application/pdf`,
  },
];

const write = (
  { field, file }: Spelling,
  boundary: string,
  fields: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> => {
  const texts = Object.entries(fields).map(
    ([name, text]) => `--${boundary}\r\n${field(name)}\r\n\r\n${text}\r\n`,
  );
  const head = encoder.encode(`${texts.join('')}--${boundary}\r\n${file}\r\n\r\n`);
  const [bytes, tail] = [pdf(), encoder.encode(`\r\n--${boundary}--\r\n`)];
  const whole = new Uint8Array(head.length + bytes.length + tail.length);
  whole.set(head);
  whole.set(bytes, head.length);
  whole.set(tail, head.length + bytes.length);
  return whole;
};

export default defineRule({
  id: 'cv/form-spellings',
  level: 'MUST',
  verifies: ['LG-CV-001', 'LG-CV-002', 'LG-CV-004', 'LG-CV-010'],
  sentence: 'A form means the same whichever client has written it.',
  needs: [],
  check: async (world) => {
    const home = await world.organization();
    for (const [index, spelling] of spellings.entries()) {
      const boundary = `between-the-parts-${String(index)}`;
      const headers = { 'content-type': spelling.announced(boundary) };
      const fields = { type: 'candidate', name: 'Zoë Çelik', company: 'Tulp & Co.' };
      const body = write(spelling, boundary, fields);
      const created = await home.all.send('createDossier', { body, headers });
      world.expect.success(created);
      const { id, type, name, cv_url } = dataOf(created.json) as Dossier;
      expectEqual({ type, name }, { type: fields.type, name: fields.name }, 'the new dossier');
      expectThat(Boolean(cv_url), 'cv_url in the answer to the creation', () => cv_url);
      const upload = { path: { id }, body: write(spelling, boundary, {}), headers };
      const uploaded = await home.all.send('uploadDossierCv', upload);
      world.expect.success(uploaded);
    }
  },
  // A server that takes the quotes for part of the boundary.
  liar: refuse(400, 'invalid_body', ({ headers }) =>
    Boolean(headers.get('content-type')?.includes('boundary="')),
  ),
});
