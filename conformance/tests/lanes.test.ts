import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLanes, type Lane } from '../runner/lanes.ts';
import { createAdaptiveWidth } from '../runner/width.ts';

/** Feeds answers that take so long at this width, until the width has settled. */
const settle = (answerTime: (width: number) => number) => {
  const width = createAdaptiveWidth(() => 0);
  const seen: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    for (let index = 0; index < 20; index += 1) width.noteAnswer(answerTime(width.current()));
    width.adapt();
    seen.push(width.current());
  }
  return seen;
};

describe('the width of a run', () => {
  it('grows to 64 while answers do not slow down', () => {
    expect(settle(() => 100).at(-1)).toBe(64);
  });

  it('stays where more rules at a time only make answers slower', () => {
    const widths = settle((width) => width * 5);
    expect(Math.max(...widths.slice(10))).toBeLessThan(20);
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(4);
  });

  it('falls when the target refuses, once for requests that were sent together', () => {
    let now = 0;
    const width = createAdaptiveWidth(() => now);
    for (let index = 0; index < 10; index += 1) width.noteRefusal();
    expect(width.current()).toBe(2);
    now += 10_000;
    for (let index = 0; index < 5; index += 1, now += 10_000) width.noteRefusal();
    expect(width.current()).toBe(1);
  });
});

describe('rules side by side', () => {
  const item = { id: 'a' };

  it('are as many as asked for, whether they wait or not', async () => {
    let [running, most] = [0, 0];
    const lanes = createLanes({ concurrency: 3, now: Date.now });
    await lanes.work(Array<typeof item>(9).fill(item), async () => {
      most = Math.max(most, (running += 1));
      await sleep(5);
      running -= 1;
    });
    expect(most).toBe(3);
  });

  it('leave their place to others while they wait', async () => {
    let [running, most] = [0, 0];
    const lanes = createLanes({ concurrency: 'adaptive', now: Date.now });
    await lanes.work(Array<typeof item>(20).fill(item), async () => {
      most = Math.max(most, (running += 1));
      await sleep(400);
      running -= 1;
    });
    expect(most).toBe(20);
  });

  it('keep their place while a request is under way', async () => {
    let [running, most] = [0, 0];
    const lanes = createLanes({ concurrency: 'adaptive', now: Date.now });
    await lanes.work(Array<typeof item>(12).fill(item), async (_, lane: Lane) => {
      most = Math.max(most, (running += 1));
      lane.began();
      await sleep(100);
      lane.ended();
      running -= 1;
    });
    expect(most).toBe(4);
  });

  it('are never two heavy ones', async () => {
    let [heavy, most] = [0, 0];
    const lanes = createLanes({ concurrency: 'adaptive', now: Date.now });
    const items = [true, true, false, true].map((isHeavy, id) =>
      isHeavy ? { id, heavy: true as const } : { id },
    );
    await lanes.work(items, async (one: { readonly id: number; readonly heavy?: true }) => {
      if (one.heavy) most = Math.max(most, (heavy += 1));
      await sleep(20);
      if (one.heavy) heavy -= 1;
    });
    expect(most).toBe(1);
  });

  it('all end before a failure is thrown', async () => {
    let ended = 0;
    const lanes = createLanes({ concurrency: 'adaptive', now: Date.now });
    const work = lanes.work(
      [1, 2, 3].map((id) => ({ id })),
      async ({ id }) => {
        await sleep(10 * id);
        ended += 1;
        if (id === 1) throw new Error('a slip of ours');
      },
    );
    await expect(work).rejects.toThrow('a slip of ours');
    expect(ended).toBe(3);
  });
});
