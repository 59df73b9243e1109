import { setTimeout as sleep } from 'node:timers/promises';
import { megabytes } from '../health.ts';
import { repeatCommand } from '../part.ts';
import { createRandom } from '../random.ts';
import { makePdf } from '../requests/form.ts';
import { requireAnswer, type Target } from './connections.ts';
import { connectTo, listenTo, write } from './talk.ts';

const mebibyte = 2 ** 20;

/** How much more memory one form may cost, at its most. */
const mostOfOneForm = 160 * mebibyte;

/** One form with the same large file many times; it must be refused before all of it is held. */
export const repeatFile = async (target: Target): Promise<void> => {
  const { attack, ledger, server, key } = target;
  const before = await server.measure();
  const file = makePdf(createRandom(attack.seed), 10 * mebibyte - 100);
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
  const answer = Buffer.concat(heard.received).toString('latin1');
  ledger.count(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0));
  const more = (server.peak() ?? 0) - before.rss;
  if (more > mostOfOneForm) {
    const what = `one form with ${times} files made the server ${megabytes(more)} larger`;
    ledger.find('many files', { what, repeat: repeatCommand(attack, ledger.part) });
  }
  await requireAnswer(target, 'after a form of many files');
};
