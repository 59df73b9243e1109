import { describe, expect, it } from 'vitest';
import { collectErrors, recordThrown } from '../faulty-servers/start.ts';

type Send = (text: string) => Promise<string>;

const refused = new Error('The receiver is gone.');
const receive: Send = (text) =>
  text === 'refused' ? Promise.reject(refused) : Promise.resolve(`${text} received`);

const sent = async (inject: (send: Send) => Send, text: string) => {
  const errors = collectErrors();
  const answer = await recordThrown(inject, errors)(receive)(text).catch(() => 'nothing');
  return { answer, errors: errors.all().map((one) => one.split('\n')[0]) };
};

describe('what stands between two that talk', () => {
  it('lets pass what it is given', async () => {
    expect(await sent((send) => send, 'An event')).toEqual({
      ...{ answer: 'An event received', errors: [] },
    });
  });

  it('is told on when it throws by itself', async () => {
    const inject = (send: Send) => (text: string) => send(JSON.parse(text) as string);
    const { answer, errors } = await sent(inject, 'no JSON');
    expect(answer).toBe('nothing');
    expect(errors).toEqual([expect.stringContaining('SyntaxError')]);
  });

  it('is not told on for what comes from beyond it', async () => {
    expect(await sent((send) => send, 'refused')).toEqual({ answer: 'nothing', errors: [] });
  });
});
