import { beforeAll, expect } from 'vitest';
import {
  expectRefusal,
  useTestServer,
  type Dossier,
  type TestServer,
  type Reply,
} from './test-server.ts';

/** Forms as bytes, for tests of their syntax. Text is in UTF-8. */

/** The default boundary. */
export const between = 'between-parts';

/** The beginning of a part's Content-Disposition. */
export const disposition = 'Content-Disposition: form-data;';

export const pdfText = '%PDF-1.7 a small file';

/** A part with these headers; its lines end in CR LF. */
export const part = (head: string, content: string | Buffer, boundary = between): Buffer =>
  Buffer.concat([
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    Buffer.from(content as string),
    Buffer.from('\r\n'),
  ]);

/** A text field as most clients write it. */
export const text = (name: string, value: string, boundary = between): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"`, value, boundary);

/** The required fields of a dossier. */
export const basics = (boundary = between): Buffer =>
  Buffer.concat([text('type', 'candidate', boundary), text('name', 'Sophie', boundary)]);

export const file = (
  parameters = 'name="cv"; filename="a.pdf"',
  content: string | Buffer = pdfText,
) => part(`Content-Disposition: form-data; ${parameters}`, content);

/** The parts with the final boundary line. */
export const close = (...parts: readonly (string | Buffer)[]): Buffer =>
  Buffer.concat([...parts, `--${between}--\r\n`].map((one) => Buffer.from(one as string)));

export const typeOf = (boundary = between) => ({
  'Content-Type': `multipart/form-data; boundary=${boundary}`,
});

/** A server that gets forms as bytes. */
export interface FormServer {
  readonly api: TestServer;
  readonly key: string;
  /** The path to upload the CV of an existing dossier. */
  readonly upload: string;
  /** The numbers of dossiers, contacts and CVs. */
  readonly counts: () => Promise<(number | undefined)[]>;
  /** Creates a dossier, unless another path is given. */
  readonly post: (
    body: string | Buffer,
    headers?: Record<string, string>,
    path?: string,
  ) => Promise<Reply<Dossier>>;
  /** The stored CV of a dossier, as text. */
  readonly cvOf: (reply: Reply<Dossier>) => string | undefined;
  /** Expects a form to be refused with this message, and to store nothing. */
  readonly expectRefused: (
    message: RegExp,
    ...form: Parameters<FormServer['post']>
  ) => Promise<void>;
}

/** Starts a server for the tests of a file, with an organisation that gets forms. */
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
