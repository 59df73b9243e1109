import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { formLimits } from '../http/form-guard.ts';
import { contract } from './test-server.ts';
import {
  basics,
  between,
  close,
  file,
  part,
  pdfText,
  text,
  typeOf,
  useFormServer,
} from './raw-forms.ts';

const forms = useFormServer();

const MiB = 1024 * 1024;
const many = (count: number, make: (index: number) => Buffer) =>
  Buffer.concat(Array.from({ length: count }, (_, index) => make(index)));
const largeFile = (name: string, size: number) =>
  file(`name="${name}"; filename="a"`, Buffer.alloc(size));

describe('A form', () => {
  it('may have 100 parts, not more', async () => {
    const other = (index: number) => text(`other${index}`, 'x');
    const most = close(basics(), many(formLimits.parts - 2, other));
    expect(await forms.post(most)).toMatchObject({ status: 201 });
    const more = close(basics(), many(formLimits.parts - 1, other));
    await forms.expectRefused(/^The form cannot be read: it has more than 100 parts/, more);
  });

  it('may have part headers of 16 KiB, not more', async () => {
    const head = 'Content-Disposition: form-data; name="cv"; filename="a.pdf"\r\nX-Long: ';
    const most = head.padEnd(formLimits.headBytes, 'x');
    expect(forms.cvOf(await forms.post(close(basics(), part(most, pdfText))))).toBe(pdfText);
    const message = /^Part 3 of the form has a head of more than 16384 bytes/;
    await forms.expectRefused(message, close(basics(), part(`${most}x`, pdfText)));
    await forms.expectRefused(message, close(basics(), part(`${head}${'x'.repeat(MiB)}`, pdfText)));
  });

  it('may have part headers full of spaces, which are read fast', async () => {
    const head = `Content-Disposition: form-data; name="x"; filename=a${' '.repeat(16_000)}b`;
    const form = close(
      basics(),
      many(formLimits.parts - 2, () => part(head, 'x')),
    );
    const start = performance.now();
    expect(await forms.post(form)).toMatchObject({ status: 201 });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('may have 16 KiB before the first boundary line, not more', async () => {
    const before = (size: number) => Buffer.from(`${'x'.repeat(size - 4)}\r\n`);
    const form = close(basics());
    expect(await forms.post(Buffer.concat([before(formLimits.headBytes), form]))).toMatchObject({
      status: 201,
    });
    for (const size of [formLimits.headBytes + 3, MiB]) {
      await forms.expectRefused(/it must begin with a line/, Buffer.concat([before(size), form]));
    }
  });

  it('may have 32 MiB in total, not one byte more', async () => {
    const sized = (size: number) => {
      const frame = close(basics(), largeFile('photo', 0)).length;
      return close(basics(), largeFile('photo', size - frame));
    };
    expect(await forms.post(sized(formLimits.bytes))).toMatchObject({ status: 201 });
    await forms.expectRefused(
      /^The form is larger than 33554432 bytes/,
      sized(formLimits.bytes + 1),
    );
  });

  it('may not have more than 32 MiB after decompression', async () => {
    const bomb = gzipSync(close(basics(), largeFile('photo', 2 * formLimits.bytes)));
    expect(bomb.length).toBeLessThan(MiB);
    const packed = { ...typeOf(), 'Content-Encoding': 'gzip' };
    await forms.expectRefused(/^The form is larger than 33554432 bytes/, bomb, packed);
  });

  it('may have text up to 1 MiB in unknown fields', async () => {
    const other = (size: number) => close(basics(), text('other', 'x'.repeat(size)));
    expect(await forms.post(other(contract.jsonBodyLimit))).toMatchObject({ status: 201 });
    await forms.expectRefused(
      /^Part 3 of the form, "other", is larger than 1048576 bytes/,
      other(contract.jsonBodyLimit + 1),
    );
  });
});

/** Sends the head of a request for a dossier, with a form that never ends. */
const open = (): { socket: Socket; answer: Promise<string> } => {
  const { port, hostname, pathname } = new URL(forms.api.server.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  const head = [
    `POST ${pathname}/dossiers HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${forms.key}`,
    `Content-Type: ${typeOf()['Content-Type']}`,
    'Content-Length: 1000000000',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const answer = new Promise<string>((resolve, reject) => {
    socket.setEncoding('utf8').on('data', resolve).on('error', reject);
  });
  return { socket, answer };
};

/** Sends the beginning of a form; returns what was received when all of it is sent. */
const begin = async (pieces: readonly (string | Buffer)[]): Promise<string> => {
  const { socket, answer } = open();
  const sent = pieces.map((piece) => new Promise((done) => socket.write(piece, done)));
  await Promise.all(sent);
  return answer;
};

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

describe('A form is refused early', () => {
  it.each([
    ['a second file', /cv must be one file/, [file(), `--${between}\r\n${secondHead()}`]],
    ['a file that is too large', /cv is larger than 10485760/, [largeFile('cv', 11 * MiB)]],
    ['a text that is too large', /name is larger than/, [text('name', 'x'.repeat(2 * MiB))]],
    ['a part without a name', /Part 1 of the form/, [part('X-Part: 1', 'x')]],
  ] as const)('for %s, without the rest of it', async (_, message, parts) => {
    const answer = await begin(parts);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(message);
  });
});

function secondHead(): string {
  return 'Content-Disposition: form-data; name="cv"; filename="b.pdf"\r\n\r\n';
}

describe('A form whose client goes away', () => {
  it('stores nothing, and the server keeps working', async () => {
    const before = await forms.counts();
    const whole = close(basics(), largeFile('photo', MiB));
    for (const size of [10, 100, whole.length - 1]) {
      const { socket } = open();
      await new Promise((done) => socket.write(whole.subarray(0, size), done));
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    expect(await forms.post(close(basics()))).toMatchObject({ status: 201 });
    const [dossiers = 0, contacts = 0, cvs] = before;
    expect(await forms.counts()).toEqual([dossiers + 1, contacts + 1, cvs]);
  });
});

describe('A refused form', () => {
  it('keeps its connection usable for the next request', async () => {
    const refused = close(
      file(),
      many(40, () => largeFile('cv', MiB)),
    );
    for (let round = 0; round < 3; round += 1) {
      await forms.expectRefused(/^cv must be one file/, refused);
      expect(await forms.post(close(basics(), file()))).toMatchObject({ status: 201 });
    }
  });

  it('is not kept in memory: four at once, with forty files each', async () => {
    const pieces = new Array<Buffer>(40).fill(largeFile('cv', 2 * MiB));
    const before = process.memoryUsage().arrayBuffers;
    const all = await Promise.all(Array.from({ length: 4 }, () => begin(pieces)));
    const held = process.memoryUsage().arrayBuffers - before;
    for (const answer of all) expect(answer).toMatch(/ 400 .*cv must be one file/s);
    // The limit includes socket buffers that aren't garbage-collected yet.
    expect(held).toBeLessThan(100 * MiB);
  });
});
