import { describe, expect, it } from 'vitest';
import { createTargetLag, type LagMeasurement } from '../runner/lag.ts';

const certain = (lag: number): LagMeasurement => ({ lag, certain: true });
const uncertain: LagMeasurement = { lag: 0, certain: false };

/** A lag with these results of measurements, and the pauses between them. */
const measuring = (...shown: readonly LagMeasurement[]) => {
  const pauses: number[] = [];
  const left = [...shown];
  const lag = createTargetLag(
    () => Promise.resolve(left.shift() ?? certain(0)),
    (time) => {
      pauses.push(time);
      return Promise.resolve();
    },
  );
  return { lag, pauses, left };
};

describe('the lag of lists', () => {
  it('is measured once when there is none', async () => {
    const { lag, left } = measuring(certain(0), certain(300));
    expect(await Promise.all([lag.find(), lag.find()])).toEqual([0, 0]);
    expect(await lag.find()).toBe(0);
    expect(left).toHaveLength(1);
  });

  it('is measured again, after a pause, while the target is too busy to be certain', async () => {
    const { lag, pauses } = measuring(uncertain, uncertain, certain(300));
    expect(await lag.find()).toBe(300);
    expect(lag.known()).toBe(300);
    expect(pauses).toEqual([1_000, 1_000]);
  });

  it('is 0 after five uncertain measurements', async () => {
    const { lag, pauses } = measuring(...Array.from({ length: 9 }, () => uncertain));
    expect(await lag.find()).toBe(0);
    expect(await lag.find()).toBe(0);
    expect(pauses).toHaveLength(4);
  });

  it('is measured twice more when it was too short, and never gets shorter', async () => {
    const { lag } = measuring(certain(300), certain(200), certain(900), certain(1_200));
    expect(await lag.find()).toBe(300);
    expect(await lag.findAgain()).toBe(300);
    expect(await lag.findAgain()).toBe(900);
    expect(await lag.findAgain()).toBe(900);
  });

  it('is suspected where it never becomes certain, and known once a rule passes with it', async () => {
    const { lag } = measuring(...Array.from({ length: 9 }, () => uncertain));
    expect(lag.suspected()).toBe(0);
    await lag.find();
    expect(lag.suspected()).toBe(1_000);
    lag.settle(true);
    expect([lag.known(), lag.suspected()]).toEqual([1_000, 0]);
  });

  it('is suspected no longer once three rules failed in spite of it, nor where it is certain', async () => {
    const { lag } = measuring(...Array.from({ length: 9 }, () => uncertain));
    await lag.find();
    for (const left of [1_000, 1_000, 0]) {
      lag.settle(false);
      expect([lag.known(), lag.suspected()]).toEqual([0, left]);
    }
    const sure = measuring(uncertain, certain(0)).lag;
    await sure.find();
    expect(sure.suspected()).toBe(0);
  });
});
