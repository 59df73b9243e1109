import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import { asFetch, type Fetch } from '../../../conformance/http/web-classes.ts';
import type { Report } from '../../../conformance/report/report.ts';
import type { TargetDescription } from '../../../conformance/targets/description.ts';
import type { Variations, StaticSetting } from '../plain-server/core/variations.ts';
import { startPlainServer } from '../plain-server/start.ts';
import { judge, modest, named, of, othersThan } from './run-with-keys.ts';

interface Judged {
  readonly report: Report;
  /** The responses, in the order of their arrival. */
  readonly answers: readonly Response[];
}

/** Runs only these rules on a server. */
const judgeBy = async (
  variations: Variations,
  some: readonly Rule[],
  further: Partial<TargetDescription> = {},
): Promise<Judged> => {
  const { url, keys, close } = await startPlainServer(variations);
  const answers: Response[] = [];
  const watch: Fetch = async (request) => {
    const answer = await asFetch(createTransport())(request);
    answers.push(answer.clone());
    return answer;
  };
  const omit = [{ requirements: othersThan(some), reason: 'It is verified elsewhere.' }];
  const environment = { LEADGRID_KEY: keys.allScopes };
  const description = { target: url, omit, ...further };
  const report = await judge(description, environment, some, watch).finally(close);
  return { report, answers };
};

const expectConformant = (report: Report): void => {
  expect([...of(report, 'failed'), ...of(report, 'error')]).toEqual([]);
  expect(of(report, 'not-verified')).toEqual([]);
  expect(report.verdict).toBe('conformant');
};

/** The numbers of the colleague's dossiers, in the order of the responses. */
const dossiersIn = async (answers: readonly Response[]): Promise<number[]> => {
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  return texts.flatMap((text) => [...text.matchAll(/"Live (\d+)"/g)].map(([, it]) => Number(it)));
};

/** Rules that read dossiers and their lists. */
const inLists = modest.filter(({ id }) => /^(archiving|dossiers|pagination)\//.test(id));

describe('a server where a colleague', { timeout: 600_000 }, () => {
  // With more frequent creations no rule could read several pages of one list.
  const settings: readonly (readonly [string, StaticSetting])[] = [
    ['creates dossiers', { dossiers: 60, colleague: { every: 500, does: 'creates' } }],
    ['does all sorts of things', { dossiers: 60, colleague: { every: 200, does: 'all-sorts' } }],
    ['clears up', { dossiers: 150, colleague: { every: 200, does: 'thins-out' } }],
  ];
  it.each(settings)('%s during the run is conformant', async (_, setting) => {
    const limit = { requests: 100_000, window_seconds: 3_600 };
    const { report, answers } = await judgeBy({ static: setting, limit }, inLists);
    expectConformant(report);
    const [first = Infinity, ...later] = await dossiersIn(answers);
    expect(Math.max(...later)).toBeGreaterThan(first);
  });

  it('also uses up the limit is conformant', async () => {
    const limit = { requests: 60, window_seconds: 6 };
    const colleague = { every: 50, does: 'all-sorts', spends: true } as const;
    const rateLimit = { requests: 60, windowSeconds: 6, mayBeExhausted: true };
    const some = named('limits/falling-remaining', 'limits/recovery', 'limits/retry-after');
    const judged = await judgeBy({ static: { colleague }, limit }, some, { rateLimit });
    expectConformant(judged.report);
    // Without the colleague, the suite would have had the whole limit.
    const served = judged.answers.findIndex(({ status }) => status === 429);
    expect(served).toBeGreaterThan(0);
    expect(served).toBeLessThan(limit.requests);
  });
});
