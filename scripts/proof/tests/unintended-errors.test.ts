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

describe('An injected send function', () => {
  it('returns the response of the original function', async () => {
    expect(await sent((send) => send, 'An event')).toEqual({
      ...{ answer: 'An event received', errors: [] },
    });
  });

  it('is recorded when it throws itself', async () => {
    const inject = (send: Send) => (text: string) => send(JSON.parse(text) as string);
    const { answer, errors } = await sent(inject, 'no JSON');
    expect(answer).toBe('nothing');
    expect(errors).toEqual([expect.stringContaining('SyntaxError')]);
  });

  it('is not recorded for errors of the original function', async () => {
    expect(await sent((send) => send, 'refused')).toEqual({ answer: 'nothing', errors: [] });
  });
});
