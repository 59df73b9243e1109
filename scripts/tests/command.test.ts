import { InvalidArgumentError } from 'commander';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { main, parseCount } from '../cli/command.ts';

describe('a count', () => {
  it.each(['1', '20', '007'])('is a whole number of 1 or more, such as %s', (text) => {
    expect(parseCount(text)).toBe(Number(text));
  });

  it.each(['', '0', '-1', '1.5', '1e3', 'abc', ' 1', '9007199254740993'])('is not "%s"', (text) => {
    expect(() => parseCount(text)).toThrow(InvalidArgumentError);
  });
});

describe('a command that breaks down', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  it('prints the reason in a sentence, and ends with exit code 4', async () => {
    const lines: unknown[] = [];
    vi.spyOn(console, 'error').mockImplementation((line) => lines.push(line));
    await main('proof:faulty-servers', () => Promise.reject(new Error('Nothing is there.')));
    expect(process.exitCode).toBe(4);
    expect(lines).toEqual(['proof:faulty-servers: internal error: Nothing is there.']);
  });

  it('keeps the exit code when it ends without an error', async () => {
    await main('proof:faulty-servers', () => Promise.resolve());
    expect(process.exitCode).toBeUndefined();
  });
});
