import { describe, expect, it } from 'vitest';
import { block, code, html, inline, reportMarkdown } from '../reporters/markdown.ts';
import { everyOutcome, reportOf, ugly } from './sample-reports.ts';

describe('the summary in Markdown', () => {
  it('stays below the 1 MiB that GitHub accepts, and lists the failures that do not fit', () => {
    const report = reportOf(2_000, 3_000);
    const text = reportMarkdown(report);
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    const blocks = text.split('<details>').length - 1;
    const left = [...text.matchAll(/\*\*(\d+) more don't fit here\*\*/g)];
    expect(blocks + left.reduce((sum, [, number]) => sum + Number(number), 0)).toBe(2_000);
    for (const { id } of report.rules) expect(text).toContain(id);
  });

  it('stays below it with more failures and gaps than it can list', () => {
    const report = reportOf(20_000, 10);
    const gaps = Array.from({ length: 2_000 }, () => ({
      state: 'omitted' as const,
      ...{ reason: '|'.repeat(3_000), requirements: ['LG-NOT-001' as const] },
    }));
    expect(Buffer.byteLength(reportMarkdown({ ...report, gaps }))).toBeLessThan(1024 * 1024);
  });

  it('closes every block that it opens, whatever its content', () => {
    for (const report of [everyOutcome, ugly]) {
      const text = reportMarkdown(report);
      expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>$/gm)?.length);
      const fences = text.match(/^`{3,}(sh)?$/gm) ?? [];
      expect(fences.filter((fence) => fence.endsWith('sh'))).toHaveLength(fences.length / 2);
    }
  });

  it('has the same number of cells in each row of its table', () => {
    const rows = reportMarkdown(ugly).match(/^\|.*\|$/gm) ?? [];
    expect(new Set(rows.map((row) => row.split(/(?<!\\)\|/).length)).size).toBe(1);
    expect(rows.length).toBeGreaterThan(3);
  });
});

describe('a text in Markdown', () => {
  it('is shown literally', () => {
    expect(inline('<b> *a* [b](c) `d` @e | f_g & \\')).toBe(
      String.raw`&lt;b&gt; \*a\* \[b\]\(c\) \`d\` \@e \| f\_g &amp; \\`,
    );
    expect(html('<b title="x">&')).toBe('&lt;b title=&quot;x&quot;&gt;&amp;');
  });

  it('has more backticks around code than in it', () => {
    expect(code('plain')).toBe('`plain`');
    expect(code('a `` b')).toBe('```a `` b```');
    expect(code('`')).toBe('`` ` ``');
    expect(block(['```', 'x'])).toBe('````\n```\nx\n````');
  });

  it('is one line, and may be empty as code', () => {
    expect(code('a\nb')).toBe(String.raw`\`a\nb\``.replaceAll('\\`', '`'));
    expect(code('')).toBe('`  `');
  });
});
