import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toScript } from '../report/script.ts';
import type { ReportedExchange } from '../report/report.ts';
import { counterexample, everyOutcome, exchange } from './sample-reports.ts';

const run = promisify(execFile);
const [finding] = everyOutcome.findings;

const answered = (content: string): Pick<ReportedExchange, 'response'> => ({
  response: {
    ...{ status: 200, headers: {} },
    body: { encoding: 'text', content, bytes: content.length, cut: false },
  },
});

describe('the script of a finding', () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push([request.method, request.url, request.headers.authorization, body].join(' '));
      response.end('{"data":[{"id":"new-1"},{"id" : "new-2"}]}');
    });
  });
  let url: string;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'script-'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('makes what the request needs, with the ids of this run, and ends with what was expected', async () => {
    const key = '-H "authorization: Bearer $RUN_KEY"';
    const shown = counterexample({
      expected: "the role it's given",
      shows: 1,
      exchanges: [
        exchange({
          curl: `curl -i '${url}/flows' ${key}`,
          ...answered('{"data":[{"id":"old-1"},{"id":"old-2"}]}'),
        }),
        exchange({
          curl: `curl -i -X PATCH '${url}/dossiers/old-2' ${key} --data-binary '{"flow":"old-1"}'`,
        }),
        exchange({ curl: `curl -i '${url}/later'` }),
      ],
    });
    const file = join(folder, 'finding.sh');
    if (finding) writeFileSync(file, toScript(finding, shown));
    const environment = { ...process.env, RUN_KEY: 'lg_test_key' };
    const { stdout } = await run('bash', [file], { env: environment });
    expect(seen).toEqual([
      'GET /flows Bearer lg_test_key ',
      'PATCH /dossiers/new-2 Bearer lg_test_key {"flow":"new-1"}',
    ]);
    expect(stdout).toContain('HTTP/1.1 200');
    expect(stdout).toContain("Expected: the role it's given");
  });
});
