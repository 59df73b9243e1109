import { expect } from 'vitest';
import { openDesk } from './desk.ts';
import { expectRefusal, type Dossier, type Lab, type Reply } from './lab.ts';

/** Forms as bytes, for tests of how they are spelled. Text is written in UTF-8. */

/** Between the parts of these forms, unless a test says otherwise. */
export const between = 'between-parts';

export const pdfText = '%PDF-1.7 a small file';

/** A part with this head, whose lines end in CR LF. */
export const part = (head: string, content: string | Buffer, boundary = between): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]);

/** A text as most clients write it. */
export const text = (name: string, value: string, boundary = between): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"`, value, boundary);

/** What a dossier needs. */
export const basics = (boundary = between): Buffer =>
  Buffer.concat([text('type', 'candidate', boundary), text('name', 'Sophie', boundary)]);

export const file = (
  parameters = 'name="cv"; filename="a.pdf"',
  content: string | Buffer = pdfText,
) => part(`Content-Disposition: form-data; ${parameters}`, content);

/** The parts with the line that ends the form. */
export const close = (...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([...parts, `--${between}--\r\n`].map((one) => Buffer.from(one as string)));

export const typeOf = (boundary = between) => ({
  'Content-Type': `multipart/form-data; boundary=${boundary}`,
});

/** Opens a desk at which forms come in as bytes. */
export const openFormDesk = async (lab: Lab) => {
  const own = await openDesk(lab);
  const upload = `/dossiers/${(await own.create({ type: 'sales', name: 'KLM' })).id}/cv`;
  const cvs = () => lab.state.organizations.get(own.id)?.cvs;
  const post = (
    body: string | Buffer,
    headers: Record<string, string> = typeOf(),
    path = '/dossiers',
  ) => own.send('POST', path, { body: Buffer.from(body as string), headers });
  /** How many dossiers, contacts and CVs there are. */
  const counts = async () => [...(await own.census()), cvs()?.rows.length];
  return {
    key: own.key,
    counts,
    /** The path by which a dossier that is there gets a CV. */
    upload,
    /** Creates a dossier, unless another path is given. */
    post,
    /** The CV that a dossier has got, as text. */
    cvOf: ({ body }: Reply<Dossier>) => cvs()?.get(body.data.id)?.bytes.toString(),
    /** Expects a form to be refused by this message, and to leave nothing. */
    expectRefused: async (message: RegExp, ...form: Parameters<typeof post>): Promise<void> => {
      const before = await counts();
      expectRefusal(await post(...form), 400, 'invalid_body', message);
      expect(await counts()).toEqual(before);
    },
  };
};

export type FormDesk = Awaited<ReturnType<typeof openFormDesk>>;
