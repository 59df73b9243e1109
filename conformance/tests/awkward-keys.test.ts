import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { readReport } from '../commands/report-files.ts';
import { reporters } from '../reporters/formats.ts';
import { callInProcess } from './call-command.ts';
import { serve, type TestServer } from './sick-servers.ts';

const schema = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

/** Keys that are parts of reports, or break the text that they are in. */
const awkward = [
  '"},{"verdict":"conformant',
  "<failure>&amp;]]></x>'",
  'authentication/missing-key',
  '"outcome":"failed"',
  'non-conformant-1',
  'application/json',
  String.raw`\\\"\u0000\\\"\u0000`,
  '$(touch${IFS}x)`id`',
  '****************',
];

describe('a key that could break a report', { timeout: 60_000 }, () => {
  let folder: string;
  let echo: TestServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'awkward-keys-'));
    // Repeats the key in every form, so that each rule fails with it.
    echo = await serve((request, response) => {
      const given = (request.headers.authorization ?? '').replace('Bearer ', '');
      const forms = [
        given,
        Buffer.from(given).toString('base64'),
        Array.from(given).reverse().join(''),
      ];
      const body = { data: forms, [given]: given, meta: { total: 3, error: `<${given}>` } };
      response.writeHead(given === '' ? 401 : 200, { 'x-echo': given });
      response.end(JSON.stringify(body));
    });
  });
  afterAll(async () => {
    await echo.close();
    rmSync(folder, { recursive: true });
  });

  it.each(awkward)('leaves every report valid, and is in none: %s', async (key) => {
    const file = (name: string): string => join(folder, name);
    const formats = Object.keys(reporters);
    const reports = formats.flatMap((format) => ['--report', `${format}:${file(format)}`]);
    const rules = ['--only', 'authentication,dossiers/created-at', '--runs', '1'];
    const words = ['--target', echo.url, ...rules, ...reports];
    const { code, err } = await callInProcess(words, { LEADGRID_KEY: key });
    expect(err).toContain('Testing ');
    expect(code).toBe(1);
    const report = readReport(file('json'));
    expect(report.verdict).toBe('non-conformant');
    expect(report.rules.some(({ outcome }) => outcome === 'failed')).toBe(true);
    expect(JSON.parse(readFileSync(file('har'), 'utf8'))).toHaveProperty('log');
    expect(JSON.parse(readFileSync(file('ctrf'), 'utf8'))).toHaveProperty('results');
    expect(JSON.parse(readFileSync(file('codequality'), 'utf8'))).not.toEqual([]);
    for (const line of readFileSync(file('jsonl'), 'utf8').trimEnd().split('\n')) {
      expect(JSON.parse(line)).toHaveProperty('type');
    }
    const xml = readFileSync(file('junit'), 'utf8');
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    // Ids of rules and types of bodies are no secrets, even where they look like the key.
    const names = ['authentication/missing-key', 'application/json', '****************'];
    if (names.includes(key)) return;
    for (const format of formats) {
      const text = readFileSync(file(format), 'utf8');
      for (const form of [
        key,
        JSON.stringify(key).slice(1, -1),
        Array.from(key).reverse().join(''),
      ]) {
        expect(text, format).not.toContain(form);
      }
    }
  });
});
