import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  readReportOutputs,
  requireWritable,
  writeReports,
  writeWhole,
} from '../commands/report-files.ts';
import type { Terminal } from '../commands/terminal.ts';
import type { Report } from '../report/report.ts';
import { broken, conformant, everyOutcome } from './sample-reports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whole-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('a file that is written whole or not at all', () => {
  it('is checked without being created, changed or shortened', () => {
    writeFileSync(join(folder, 'old'), 'the old report');
    requireWritable(join(folder, 'old'));
    requireWritable(join(folder, 'new'));
    requireWritable(join(folder, 'a/b/new'));
    expect(read('old')).toBe('the old report');
    expect(readdirSync(folder).sort()).toEqual(['a', 'old']);
    expect(readdirSync(join(folder, 'a/b'))).toEqual([]);
  });

  it('replaces an older one, keeps its rights, and leaves nothing beside it', () => {
    const file = join(folder, 'report');
    writeFileSync(file, 'the old report');
    chmodSync(file, 0o640);
    writeWhole(file, 'the new report');
    expect(read('report')).toBe('the new report');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(['report']);
  });

  it('replaces what a link leads to, not the link', () => {
    writeFileSync(join(folder, 'real'), 'old');
    symlinkSync('real', join(folder, 'link'));
    writeWhole(join(folder, 'link'), 'new');
    expect(read('real')).toBe('new');
  });

  it('may be a device or a pipe', () => {
    requireWritable('/dev/null');
    writeWhole('/dev/null', 'text');
    expect(existsSync('/dev/null')).toBe(true);
  });

  it.each([
    ['a folder in its place', '.', 'it is a folder'],
    ['a file in place of a folder', 'file/report', 'ENOTDIR'],
    ['no name', '', 'it has no name'],
  ])('is refused beforehand: %s', (_, name, reason) => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => {
      requireWritable(name && join(folder, name));
    }).toThrow(reason);
  });

  it('is refused beforehand in an unwritable folder', () => {
    // Here not even root may write.
    expect(() => {
      requireWritable('/proc/report');
    }).toThrow(/ENOENT|EACCES|EPERM|EROFS/);
  });

  it('stays as it was when there is no room for the new one', () => {
    const script =
      `import { writeWhole } from ${JSON.stringify(new URL('../commands/report-files.ts', import.meta.url).href)};` +
      `writeWhole(${JSON.stringify(join(folder, 'report'))}, 'x'.repeat(100_000));`;
    writeFileSync(join(folder, 'report'), 'the old report');
    writeFileSync(join(folder, 'write.mjs'), script);
    // The shell limits the size of files that the process may write.
    const limited = `trap '' XFSZ; ulimit -f 4; "$0" --import tsx ${folder}/write.mjs`;
    expect(() =>
      execFileSync('/bin/sh', ['-c', limited, process.execPath], { stdio: 'pipe' }),
    ).toThrow('EFBIG');
    expect(read('report')).toBe('the old report');
    expect(readdirSync(folder).sort()).toEqual(['report', 'write.mjs']);
  });
});

describe('the reports of a run', () => {
  const write = (report: Report, reports: string[], opened = true) => {
    let [out, err] = ['', ''];
    const terminal: Terminal = {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      report: (text) => void (out += text),
      ...{ color: false, interactive: false, width: () => 80, environment: {} },
      interruption: new AbortController().signal,
    };
    rmSync(join(folder, 'gone'), { force: true });
    const outputs = readReportOutputs(reports);
    // It was a folder when the outputs were checked.
    rmSync(join(folder, 'gone'), { recursive: true, force: true });
    writeFileSync(join(folder, 'gone'), '');
    const code = writeReports(report, outputs, terminal, { opened });
    return { code, out, err };
  };
  const to = (format: string, name: string) => `${format}:${join(folder, name)}`;

  it('are written to folders that are made for them', () => {
    expect(write(conformant, [to('json', 'a/b/report.json')])).toEqual({
      ...{ code: 0, out: 'conformant\n', err: '' },
    });
    expect(JSON.parse(read('a/b/report.json'))).toMatchObject({ verdict: 'conformant' });
  });

  it('are written although one of them cannot be, which one line names', () => {
    const reports = [to('json', 'one'), to('junit', 'gone/two'), to('markdown', 'three')];
    const { code, out, err } = write(conformant, reports);
    expect(err).toMatch(
      /^The report can't be written to \S+gone\/two: .*\. Name another file\.\n$/,
    );
    expect(readdirSync(folder).sort()).toEqual(['gone', 'one', 'three']);
    // The verdict is shown, but the pipeline doesn't pass without its report.
    expect({ code, out }).toEqual({ code: 2, out: 'conformant\n' });
  });

  it('never hide a failure or a breakdown when one of them is missing', () => {
    expect(write(everyOutcome, [to('json', 'gone/one')]).code).toBe(1);
    expect(write(broken, [to('json', 'gone/one')]).code).toBe(4);
  });

  it.each(['json', 'junit', 'markdown', 'github', 'har', 'pretty'])(
    'say in place of an older one that a run broke down: %s',
    (format) => {
      writeFileSync(join(folder, 'report'), 'conformant');
      const { code, out } = write(broken, [to(format, 'report')], false);
      expect({ code, out }).toEqual({ code: 4, out: '' });
      expect(read('report')).not.toMatch(/\bconformant\b/);
      expect(read('report')).toContain('The target stopped answering');
    },
  );

  it('tell a program about a breakdown on the standard output, and a person only once', () => {
    expect(write(broken, ['pretty'], false).out).toBe('');
    expect(JSON.parse(write(broken, ['json'], false).out)).toMatchObject({
      ...{ verdict: null, breakdown: { exitCode: 4 } },
    });
  });
});
