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
import { basename, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRegister } from '../../openapi/register.ts';
import {
  readReportOutputs,
  readReportOutputsOf,
  requireWritable,
  writeReports,
  writeWhole,
} from '../commands/report-files.ts';
import { createPlaceFinder } from '../commands/requirement-places.ts';
import type { Terminal } from '../commands/terminal.ts';
import type { Report } from '../report/report.ts';
import { reporters } from '../reporters/formats.ts';
import { reportMarkdown } from '../reporters/markdown.ts';
import { callInProcess } from './call-command.ts';
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

const write = (
  report: Report,
  reports: string[],
  opened = true,
  environment: Readonly<Record<string, string>> = {},
) => {
  let [out, err] = ['', ''];
  const terminal: Terminal = {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    report: (text) => void (out += text),
    ...{ color: false, interactive: false, width: () => 80, environment },
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

describe('the reports of a run', () => {
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

  it.each(Object.keys(reporters))(
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

  it('are the same where CI is set: pretty, unless asked for', () => {
    expect(readReportOutputs()).toEqual([{ format: 'pretty', file: undefined }]);
    const { out } = write(conformant, ['pretty'], true, { CI: 'true' });
    expect(out).toBe(write(conformant, ['pretty']).out);
  });

  it('name for GitLab the line of the requirement in the register', () => {
    write(everyOutcome, [to('codequality', 'quality.json')]);
    const [{ location }] = JSON.parse(read('quality.json')) as [
      { location: { path: string; lines: { begin: number } } },
    ];
    expect(location.path).toBe('openapi/requirements/general.yaml');
    const lines = readFileSync(location.path, 'utf8').split('\n');
    expect(lines[location.lines.begin - 1]).toContain('- id: LG-GEN-017');
  });
});

describe('the summary of a job at GitHub', () => {
  const summary = () => ({ GITHUB_STEP_SUMMARY: join(folder, 'summary.md') });

  it('gets the report beside the annotations, after what is there', () => {
    writeFileSync(join(folder, 'summary.md'), '# Build\n');
    const { code, out, err } = write(everyOutcome, ['github'], true, summary());
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^::error /);
    expect(read('summary.md')).toBe(`# Build\n${reportMarkdown(everyOutcome)}`);
  });

  it('says that a run broke down', () => {
    write(broken, ['github'], false, summary());
    expect(read('summary.md')).toContain('The target stopped answering');
  });

  it('is left alone without annotations, and outside GitHub', () => {
    write(everyOutcome, ['pretty', to('json', 'report')], true, summary());
    write(everyOutcome, ['github']);
    write(everyOutcome, ['github'], true, { GITHUB_STEP_SUMMARY: '' });
    expect(readdirSync(folder).sort()).toEqual(['gone', 'report']);
  });

  it('is written once where --report markdown names it too', () => {
    write(everyOutcome, ['github', to('markdown', 'summary.md')], true, summary());
    expect(read('summary.md')).toBe(reportMarkdown(everyOutcome));
  });

  it('stays as it is where GitHub would refuse the whole of it, and a line says so', () => {
    writeFileSync(join(folder, 'summary.md'), 'x'.repeat(1024 * 1024));
    const { code, out, err } = write(conformant, ['github'], true, summary());
    expect(err).toMatch(
      /^The summary of the job can't be written to \S+: it would be larger .*\n$/,
    );
    expect(code).toBe(2);
    expect(out).toMatch(/^::notice /);
    expect(statSync(join(folder, 'summary.md')).size).toBe(1024 * 1024);
  });

  it('never hides a failure when it cannot be written', () => {
    const environment = { GITHUB_STEP_SUMMARY: join(folder, 'nowhere/summary.md') };
    const { code, err } = write(everyOutcome, ['github'], true, environment);
    expect(code).toBe(1);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('the reports that a configuration names', () => {
  const configure = (report: unknown): string => {
    const file = join(folder, 'target.json');
    writeFileSync(file, JSON.stringify({ target: 'http://127.0.0.1:1', report }));
    return file;
  };

  it.each([
    ['pretty', [{ format: 'pretty', file: undefined }]],
    [['jsonl'], [{ format: 'jsonl', file: undefined }]],
    [undefined, [{ format: 'pretty', file: undefined }]],
  ])('are those of a run: %j', async (report, outputs) => {
    expect(await readReportOutputsOf({ config: configure(report) })).toEqual(outputs);
  });

  it('may be several, with files', async () => {
    const config = configure(['github', to('junit', 'results.xml')]);
    expect(await readReportOutputsOf({ config })).toEqual([
      { format: 'github', file: undefined },
      { format: 'junit', file: join(folder, 'results.xml') },
    ]);
  });

  it('give way to the command line, all of them', async () => {
    const config = configure(['nonsense', 'json:report.json']);
    expect(await readReportOutputsOf({ config, report: ['har'] })).toEqual([
      { format: 'har', file: undefined },
    ]);
  });

  it.each([
    ['jsn', 'report: There is no report format jsn. Did you mean json?'],
    [['pretty', 'jnit:x'], 'report[1]: There is no report format jnit. Did you mean junit?'],
    [['json:'], "report[0]: The report can't be written to a file without a name"],
    [['json:package.json/x'], "report[0]: The report can't be written to package.json/x"],
    [[], 'report must be a report as --report takes it, or a list of them'],
    ['', 'report must be a report as --report takes it, or a list of them'],
    [3, 'report must be a report as --report takes it, or a list of them'],
    [['pretty', 3], 'report[1] must be a report as --report takes it'],
  ])('are refused with file and key: %j', async (report, message) => {
    const config = configure(report);
    const { code, out, err } = await callInProcess(['--config', config]);
    expect(err).toContain(`${config}: ${message}`);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it('are written by a run', async () => {
    const config = configure([to('json', 'report.json'), to('jsonl', 'report.jsonl')]);
    const { code } = await callInProcess(['--config', config, '--only', 'flows/fields'], {
      LEADGRID_KEY: 'lg_live_test_0000001',
    });
    expect(code).toBe(4);
    expect(JSON.parse(read('report.json'))).toMatchObject({ verdict: null });
    expect(JSON.parse(read('report.jsonl'))).toMatchObject({ type: 'verdict', verdict: null });
  });
});

describe('the places of requirements', () => {
  const [id] = readRegister().map((requirement) => requirement.id);
  const kit = fileURLToPath(new URL('../..', import.meta.url));

  it('are known for every requirement', () => {
    const placeOf = createPlaceFinder(kit);
    const unknown = readRegister().filter((requirement) => placeOf(requirement.id) === undefined);
    expect(unknown).toEqual([]);
    expect(placeOf('LG-XXX-001')).toBeUndefined();
  });

  it('begin at the working folder where it contains the kit, or else at the kit', () => {
    const path = 'openapi/requirements/authentication.yaml';
    expect(createPlaceFinder(kit)(id ?? '')?.path).toBe(path);
    expect(createPlaceFinder(folder)(id ?? '')?.path).toBe(path);
    expect(createPlaceFinder(join(kit, 'conformance'))(id ?? '')?.path).toBe(path);
    expect(createPlaceFinder(join(kit, '..'))(id ?? '')?.path).toBe(`${basename(kit)}/${path}`);
  });
});
