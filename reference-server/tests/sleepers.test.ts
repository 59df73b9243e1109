import { expect, it, vi } from 'vitest';
import { createClock, createServices } from '../services.ts';

const never = new AbortController().signal;

it('A sleeper wakes by itself when the moment comes, at once when it has passed', async () => {
  const clock = createClock(Date.now);
  await clock.sleepUntil(clock.now() + 20, never);
  await clock.sleepUntil(clock.now() - 20, never);
});

it('A sleeper wakes when it is told to stop, and does not fall asleep if it was before', async () => {
  const clock = createClock(() => 0);
  const stop = new AbortController();
  const asleep = clock.sleepUntil(1000, stop.signal);
  stop.abort();
  await asleep;
  await clock.sleepUntil(1000, stop.signal);
});

it('Complaints of a real server are lines on stderr', () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  createServices().complain('Something failed.');
  expect(write.mock.calls).toEqual([['Something failed.\n']]);
  write.mockRestore();
});
