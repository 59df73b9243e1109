import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { median, type Row, formatTable } from '../bench/table.ts';
import { repositoryRoot } from '../cli/command.ts';

const circumstances = {
  ...{ command: 'npm run bench', date: '2026-12-01', node: 'v20.19.0', processor: 'A processor' },
  ...{ cores: 2, load: 0.25, rounds: 3, dossiers: 100_000, pinned: true },
};

const row = (what: string, rates: readonly number[], times: readonly number[]): Row => ({
  ...{ part: 'get by id', what, comparedWith: 'node:http' },
  samples: rates.map((perSecond, index) => ({ perSecond, time: times[index] })),
});

describe('The table of `npm run bench`', () => {
  it('has the median, minimum and maximum, and the cost of each round', () => {
    const rows = [
      row('node:http', [50_000, 40_000, 60_000], [20, 25, 16]),
      row('LeadGrid', [20_000, 16_000, 24_000], [50, 100, 32]),
    ];
    const table = formatTable(rows, circumstances);
    expect(table).toContain('Measured by `npm run bench` on 2026-12-01: Node v20.19.0, 2 × A proc');
    expect(table).toContain('100,000 dossiers');
    expect(table).toContain('| node:http | 50,000 (40,000–60,000) | 20 (16–25) |  |');
    expect(table).toContain(
      '| LeadGrid | 20,000 (16,000–24,000) | 50 (32–100) | 2.5 (2–4) × node:http |',
    );
  });

  it('compares requests per second where the CPU time is unknown', () => {
    const rows = [row('node:http', [30, 40], []), row('LeadGrid', [10, 20], [])];
    expect(formatTable(rows, { ...circumstances, pinned: false })).toContain(
      '| LeadGrid | 15 (10–20) | – | 2.5 (2–3) × node:http |',
    );
  });

  it('compares measurements that have another unit', () => {
    const one = { ...row('node:http', [100], []), unit: 'ms' };
    const other = { ...row('LeadGrid', [250], []), unit: 'ms' };
    expect(formatTable([one, other], circumstances)).toContain(
      '| 250 (250–250) ms | – | 2.5 (2.5–2.5) × node:http |',
    );
  });

  it('uses the mean of the middle two of an even number', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });
});

describe('npm run bench', () => {
  it.each([
    [['--only', 'nothing'], /^bench: .*Allowed choices are ready, peers, big, restart/],
    [['--rounds', '0'], /^bench: .*It should be a whole number of 1 or more/],
  ])('refuses %j in one line', (args, message) => {
    const script = join(repositoryRoot, 'scripts', 'bench.ts');
    const command = ['--import', 'tsx', script, ...args];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
