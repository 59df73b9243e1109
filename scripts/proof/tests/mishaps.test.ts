import { describe, expect, it } from 'vitest';
import { collectErrors, recordThrown } from '../faulty-servers/start.ts';

type Send = (text: string) => Promise<string>;

const refused = new Error('The receiver is gone.');
const receive: Send = (text) =>
  text === 'refused' ? Promise.reject(refused) : Promise.resolve(`${text} received`);

const sent = async (bend: (send: Send) => Send, text: string) => {
  const mishaps = collectErrors();
  const answer = await recordThrown(bend, mishaps)(receive)(text).catch(() => 'nothing');
  return { answer, mishaps: mishaps.all().map((one) => one.split('\n')[0]) };
};

describe('what stands between two that talk', () => {
  it('lets pass what it is given', async () => {
    expect(await sent((send) => send, 'An event')).toEqual({
      ...{ answer: 'An event received', mishaps: [] },
    });
  });

  it('is told on when it throws by itself', async () => {
    const bend = (send: Send) => (text: string) => send(JSON.parse(text) as string);
    const { answer, mishaps } = await sent(bend, 'no JSON');
    expect(answer).toBe('nothing');
    expect(mishaps).toEqual([expect.stringContaining('SyntaxError')]);
  });

  it('is not told on for what comes from beyond it', async () => {
    expect(await sent((send) => send, 'refused')).toEqual({ answer: 'nothing', mishaps: [] });
  });
});
