import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exitCodeOfFindings, type Finding, formatFindings } from '../doctor/findings.ts';
import { checkSink } from '../doctor/webhooks.ts';
import { usageError } from '../errors.ts';
import { openSink, type Sink } from '../webhooks/sink.ts';

const findings: readonly Finding[] = [
  {
    ...{ chapter: 'Verification', mark: 'open', text: '16 requirements stay unverified.' },
    next: 'It needs flows.',
    requirements: Array.from({ length: 16 }, (_, index) => `LG-DOS-${String(index + 101)}`),
  },
  { chapter: 'Target', mark: 'ok', text: 'It responds.' },
  { chapter: 'Keys', mark: 'wrong', text: `A ${'long '.repeat(25)}sentence.`, next: 'Mend it.' },
  { chapter: 'Target', mark: 'warn', text: 'The clock of the target is 9 s ahead of this one.' },
];

describe('the findings of the doctor', () => {
  it('is a plain list, chapter by chapter, and then a conclusion', () => {
    expect(formatFindings(findings, { color: false })).toBe(
      `Target
  ok    It responds.
  warn  The clock of the target is 9 s ahead of this one.

Keys
  fail  A long long long long long long long long long long long long long long long long long
        long long long long long long long long sentence.
        Mend it.

Verification
  open  16 requirements stay unverified.
        It needs flows.
        LG-DOS-101 LG-DOS-102 LG-DOS-103 LG-DOS-104 LG-DOS-105 LG-DOS-106 LG-DOS-107
        LG-DOS-108 LG-DOS-109 LG-DOS-110 LG-DOS-111 LG-DOS-112 LG-DOS-113 LG-DOS-114
        and 2 more

Correct everything marked with fail before a run.
`,
    );
  });

  it('has colours on a terminal', () => {
    expect(formatFindings(findings, { color: true })).toContain('\u001B[31mfail');
  });

  it.each([
    [['ok', 'warn'], 0],
    [['ok', 'open'], 3],
    [['open', 'wrong'], 2],
    [['wrong', 'down'], 4],
  ] as const)('with %j ends with exit code %i', (marks, code) => {
    const found = marks.map((mark) => ({ chapter: 'Target', mark, text: '' }) as const);
    expect(exitCodeOfFindings(found)).toBe(code);
  });
});

describe('the check of the sink', () => {
  const check = (openIt: () => Promise<Sink | undefined>, send: typeof fetch = fetch) =>
    checkSink({
      ...{ openSink: openIt, timeout: 5_000, nonce: randomUUID(), standing: false },
      fetch: (request) => send(request),
    });
  const open = (publicUrl?: string) =>
    openSink({
      listen: { host: '127.0.0.1', port: 0 },
      ...{ newName: randomUUID, now: Date.now },
      ...(publicUrl !== undefined && { publicUrl }),
    });

  it('is ok when the request arrives', async () => {
    const [finding] = await check(() => open());
    expect(finding).toMatchObject({ mark: 'ok' });
    expect(finding?.text).toMatch(/^A request to http:\/\/127\.0\.0\.1:\d+ arrives here/);
  });

  it('is wrong when something else responds', async () => {
    const other = () => Promise.resolve(new Response('hello'));
    const [finding] = await check(() => open('https://hooks.example.test/a'), other);
    expect(finding).toMatchObject({
      mark: 'wrong',
      text: 'A request to https://hooks.example.test gets 200 from something else.',
    });
  });

  it('is wrong when there is no response', async () => {
    const [finding] = await check(
      () => open('http://hooks.example.test'),
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    );
    expect(finding).toMatchObject({ mark: 'wrong' });
    expect(finding?.text).toContain('the name of the host is unknown');
  });

  it("is wrong when the suite can't listen there", async () => {
    const findings = await check(() => Promise.reject(usageError('It can not listen there.')));
    expect(findings).toMatchObject([{ mark: 'wrong', text: 'It can not listen there.' }]);
  });

  it('is not checked where no events can arrive', async () => {
    await expect(check(() => Promise.resolve(undefined))).resolves.toEqual([]);
  });
});
