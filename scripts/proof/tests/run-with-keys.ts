import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSession } from '../../../conformance/commands/session.ts';
import type { Rule } from '../../../conformance/context/rule.ts';
import { createTransport } from '../../../conformance/http/transport.ts';
import { asFetch, asSend, type Fetch } from '../../../conformance/http/web-classes.ts';
import type { Report, ReportedRule } from '../../../conformance/report/report.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { TargetDescription } from '../../../conformance/targets/description.ts';
import { readRegister, type RequirementId } from '../../../openapi/register.ts';

/**
 * Runs rules like a user: writes a configuration, sets its environment variables, and runs the
 * suite.
 */
export const judge = async (
  description: TargetDescription,
  environment: Readonly<Record<string, string>>,
  some: readonly Rule[] = rules,
  fetch: Fetch = asFetch(createTransport()),
): Promise<Report> => {
  const folder = mkdtempSync(join(tmpdir(), 'plain-server-'));
  const config = join(folder, 'leadgrid.config.json');
  writeFileSync(config, JSON.stringify(description));
  const interruption = new AbortController();
  const target = { config, target: undefined, control: undefined, start: undefined };
  const session = await openSession(
    {
      ...{ ...target, allowProduction: false, timeout: 20_000 },
      ...{ rules: some, reported: readRegister(), seed: 5, runs: 1, concurrency: 1 },
    },
    {
      terminal: { environment, err: () => undefined, interruption: interruption.signal },
      surroundings: { send: asSend(fetch), now: Date.now, sleep: (time) => sleep(time) },
    },
  );
  try {
    return session.compile(await session.runner.runAll());
  } finally {
    await session.close();
    rmSync(folder, { recursive: true });
  }
};

/** The rules with this outcome, with their reasons; of failures only MUSTs. */
export const of = ({ rules: judged }: Report, outcome: ReportedRule['outcome']): string[] =>
  judged
    .filter((rule) => rule.outcome === outcome && !(outcome === 'failed' && rule.level !== 'MUST'))
    .map(({ id, reason, counterexample }) =>
      [id, reason, counterexample?.expected, counterexample?.actual].filter(Boolean).join(' | '),
    );

export const named = (...ids: string[]): Rule[] => rules.filter(({ id }) => ids.includes(id));

/** The MUSTs that need only one API key. */
export const modest = rules.filter(
  (rule) => rule.kind === 'check' && rule.needs.length === 0 && rule.level === 'MUST',
);

/** The requirements that these rules don't verify. */
export const othersThan = (some: readonly Rule[]): RequirementId[] => {
  const verified = new Set(some.flatMap(({ verifies }) => verifies));
  return readRegister().flatMap(({ id }) => (verified.has(id) ? [] : [id]));
};
