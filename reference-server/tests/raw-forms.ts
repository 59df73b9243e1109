import { beforeAll, expect } from 'vitest';
import {
  expectRefusal,
  useTestServer,
  type Dossier,
  type TestServer,
  type Reply,
} from './test-server.ts';

/** Forms as bytes, for tests of how they are spelled. Text is written in UTF-8. */

/** Between the parts of these forms, unless a test says otherwise. */
export const between = 'between-parts';

/** How the line begins that says what a part is. */
export const disposition = 'Content-Disposition: form-data;';

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

/** A server that forms are sent to as bytes. */
export interface FormServer {
  readonly api: TestServer;
  readonly key: string;
  /** The path by which a dossier that is there gets a CV. */
  readonly upload: string;
  /** How many dossiers, contacts and CVs there are. */
  readonly counts: () => Promise<(number | undefined)[]>;
  /** Creates a dossier, unless another path is given. */
  readonly post: (
    body: string | Buffer,
    headers?: Record<string, string>,
    path?: string,
  ) => Promise<Reply<Dossier>>;
  /** The CV that a dossier has got, as text. */
  readonly cvOf: (reply: Reply<Dossier>) => string | undefined;
  /** Expects a form to be refused by this message, and to leave nothing. */
  readonly expectRefused: (
    message: RegExp,
    ...form: Parameters<FormServer['post']>
  ) => Promise<void>;
}

/** A server for the tests of a file, with an organisation that forms are sent to. */
export const useFormServer = (): FormServer => {
  const api = useTestServer();
  const forms = { api } as { -readonly [Name in keyof FormServer]: FormServer[Name] };
  let id = '';
  const cvs = () => api.state.organizations.get(id)?.cvs;
  const total = async (path: string) => (await api.call('GET', path, forms)).body.meta.total;
  forms.counts = async () => [
    await total('/dossiers'),
    await total('/contacts'),
    cvs()?.rows.length,
  ];
  forms.post = (body, headers = typeOf(), path = '/dossiers') =>
    api.call('POST', path, { key: forms.key, body: Buffer.from(body as string), headers });
  forms.cvOf = ({ body }) => cvs()?.get(body.data.id)?.bytes.toString();
  forms.expectRefused = async (message, ...form) => {
    const before = await forms.counts();
    expectRefusal(await forms.post(...form), 400, 'invalid_body', message);
    expect(await forms.counts()).toEqual(before);
  };
  beforeAll(async () => {
    const rate_limit = { requests: 100_000, window_seconds: 60 };
    ({ id, key: forms.key } = await api.organization({ rate_limit }));
    const json = { type: 'sales', name: 'KLM' };
    const made = await api.call('POST', '/dossiers', { key: forms.key, json });
    forms.upload = `/dossiers/${made.body.data.id}/cv`;
  });
  return forms;
};
