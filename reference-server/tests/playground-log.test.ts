import { describe, expect, it } from 'vitest';
import { send, useLab } from './lab.ts';
import { stillTime } from './still-time.ts';

describe('The log', () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const lab = useLab({}, { ...stillTime(), log });

  /** The lines of what has been done meanwhile; the last is waited for. */
  const linesOf = async (work: () => Promise<unknown>, count: number): Promise<string[]> => {
    const before = lines.length;
    await work();
    while (lines.length < before + count) await new Promise(setImmediate);
    return lines.slice(before).map((line) => line.replace(/ \d+ ms$/, ' N ms'));
  };

  it('has a line for each request, to the API, the control API and anywhere else', async () => {
    const { key } = await lab.organization();
    const { origin } = new URL(lab.server.url);
    const found = await linesOf(async () => {
      await lab.call('GET', '/dossiers?type=sales&per_page=3', { key });
      await lab.call('POST', '/dossiers', { key, json: {} });
      await lab.call('PATCH', '/nowhere', { key });
      await lab.call('GET', '/flows', { headers: { Prefer: 'code=429' } });
      await lab.control('GET', '/clock');
      await send('GET', `${origin}/`);
    }, 6);
    const time = '2026-05-04T08:30:00Z';
    expect(found).toEqual([
      `${time} GET /api/v1/dossiers?type=sales&per_page=3 200 N ms`,
      `${time} POST /api/v1/dossiers 400 N ms`,
      `${time} PATCH /api/v1/nowhere 404 N ms`,
      `${time} GET /api/v1/flows 429 N ms`,
      `${time} GET /control/v1/clock 200 N ms`,
      `${time} GET / 404 N ms`,
    ]);
  });

  it('tells no key, wherever it was sent', async () => {
    const { key } = await lab.organization();
    const target = `/dossiers?key=${key}&page=1`;
    const [line] = await linesOf(() => lab.call('GET', target, { key }), 1);
    expect(line).toContain('?key=lg_live_…&page=1 200');
    expect(lines.join('\n')).not.toContain(key);
  });
});
