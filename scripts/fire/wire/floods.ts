import { setTimeout as sleep } from 'node:timers/promises';
import { repeatCommand } from '../harness/findings.ts';
import { megabytes } from '../harness/health.ts';
import { createRandom } from '../harness/random.ts';
import { makePdfOfSize } from '../requests/draft.ts';
import { requireAnswer, type WireTarget } from './connections.ts';
import { connectTo, listenTo, pour, write } from './raw-exchange.ts';

const mebibyte = 2 ** 20;

/**
 * How many bytes a server may read of a refused request: the largest file of the API, what it skips
 * so that the client reads its response, and the system's buffers on both sides.
 */
const maxTaken = 64 * mebibyte;

interface Flood {
  readonly name: string;
  readonly head: string;
  readonly drop: Buffer;
}

/** Sends endless bodies and headers: the server must stop reading beyond its limits. */
export const flood = async (target: WireTarget): Promise<void> => {
  const floods = createFloods(target);
  const some = floods.filter((_, index) => index % 5 === 0);
  for (const one of target.attack.short ? some : floods) {
    await sendFlood(target, one);
    if (target.server.isGone()) return;
  }
};

const chunked = 'Transfer-Encoding: chunked';
const type = (media: string): string => `Content-Type: ${media}`;
const json = type('application/json');
const header = Buffer.from(`X: ${'y'.repeat(1000)}\r\n`);

const chunkOf = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);

const createFloods = ({ server, key }: WireTarget): Flood[] => {
  const { pathname } = new URL(server.url);
  const post = (path: string, lines: readonly string[], authorization = `Bearer ${key}`): string =>
    [
      `POST ${pathname}${path} HTTP/1.1`,
      ...['Host: localhost', `Authorization: ${authorization}`, ...lines, '', ''],
    ].join('\r\n');
  const drop = chunkOf(Buffer.alloc(64 * 1024, ' '));
  const long = `Content-Length: ${10 * 2 ** 30}`;
  const part = '--x\r\nContent-Disposition: form-data; name="notes"\r\n\r\n';
  const parts = chunkOf(Buffer.from(`${part}a\r\n`.repeat(1000)));
  const form = post('/dossiers', [type('multipart/form-data; boundary=x'), chunked]);
  const start = post('/contacts', [json, chunked]);
  return [
    { name: 'JSON in chunks', head: start, drop },
    { name: 'JSON with a huge length', head: post('/contacts', [json, long]), drop },
    { name: 'a body without an API key', head: post('/contacts', [json, chunked], ''), drop },
    { name: 'a body to an unknown path', head: post('/nothing', [json, chunked]), drop },
    { name: 'a body of an unknown type', head: post('/contacts', [type('x/y'), chunked]), drop },
    { name: 'a form of endless parts', head: form, drop: parts },
    { name: 'an endless part', head: form + chunkOf(Buffer.from(part)).toString(), drop },
    {
      name: 'an endless file',
      head: post('/dossiers/x/cv', [type('application/pdf'), chunked]),
      drop,
    },
    { name: 'endless headers', head: post('/contacts', [json]).slice(0, -2), drop: header },
    { name: 'endless trailers', head: `${start}2\r\n{}\r\n0\r\n`, drop: header },
    { name: 'an endless chunk extension', head: `${start}2;a=`, drop: Buffer.alloc(1000, 'y') },
  ];
};

const sendFlood = async (target: WireTarget, { name, head, drop }: Flood): Promise<void> => {
  const { attack, findings, server } = target;
  const most = (attack.short ? 1.5 : 3) * maxTaken;
  const heard = await pour(server.url, Buffer.from(head), drop, most);
  for (const { status } of heard.answers) findings.count(status);
  if (heard.answers.length === 0) findings.count(0);
  const report = (what: string): void => {
    findings.add(`${name} ${what.replaceAll(/\d+/g, '#')}`, {
      what: `${name}: ${what}`,
      repeat: repeatCommand(attack, findings.part),
      bytes: Buffer.concat([Buffer.from(head), drop.subarray(0, 200)]).toString('hex'),
    });
  };
  if (heard.written > maxTaken) report(`the server has read ${megabytes(heard.written)} of it`);
  for (const response of heard.answers) {
    const problem = attack.check.refusal(response);
    if (problem !== undefined) report(problem);
  }
  await requireAnswer(target, `after ${name}`);
};

/** How much memory one form may cost, in bytes. */
const maxFormGrowth = 160 * mebibyte;

/** Sends a form with many large files, which must be refused before all of it is in memory. */
export const repeatFile = async (target: WireTarget): Promise<void> => {
  const { attack, findings, server, key } = target;
  const before = await server.measure();
  const file = makePdfOfSize(createRandom(attack.seed), 10 * mebibyte - 100);
  const part = Buffer.concat([
    Buffer.from('--x\r\nContent-Disposition: form-data; name="cv"; filename="a.pdf"\r\n'),
    ...[Buffer.from('Content-Type: application/pdf\r\n\r\n'), file, Buffer.from('\r\n')],
  ]);
  const times = attack.short ? 24 : 40;
  const { pathname } = new URL(server.url);
  const socket = connectTo(server.url);
  const heard = listenTo(socket);
  socket.write(
    `POST ${pathname}/dossiers HTTP/1.1\r\nAuthorization: Bearer ${key}\r\n` +
      'Content-Type: multipart/form-data; boundary=x\r\n' +
      `Content-Length: ${part.length * times + 7}\r\n\r\n`,
  );
  const isOver = (): boolean => heard.isClosed() || heard.received.length > 0;
  for (let time = 0; time < times && !isOver(); time++) {
    await Promise.race([write(socket, part), heard.end]);
  }
  socket.write('--x--\r\n');
  const late = performance.now() + 10_000;
  while (!isOver() && performance.now() < late) await sleep(20);
  socket.destroy();
  const response = Buffer.concat(heard.received).toString('latin1');
  findings.count(Number(/^HTTP\/1\.1 (\d+)/.exec(response)?.[1] ?? 0));
  const more = (server.peak() ?? 0) - before.rss;
  if (more > maxFormGrowth) {
    const what = `one form with ${times} files cost the server ${megabytes(more)} of memory`;
    findings.add('many files', { what, repeat: repeatCommand(attack, findings.part) });
  }
  await requireAnswer(target, 'after a form of many files');
};
