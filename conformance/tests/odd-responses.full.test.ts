import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { onReceiver } from '../faults/deliveries.ts';
import type { DeliveryFault, Fault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { openTestHarness, type TestHarness } from './harness.ts';
import { events, twistAnswers, twists } from './odd-responses.ts';

const ambient = rules.filter(({ kind }) => kind === 'ambient');
const checks = rules.filter(({ kind }) => kind === 'check');

/** Every n-th of the rules, a different part each turn, to save time. */
const share = (some: readonly Rule[], turn: number, every: number): Rule[] =>
  some.filter((_, index) => (index + turn * 5) % every === 0);

/** The rules whose requirements name the operation. */
const rulesAbout = (operation: string): Rule[] => {
  const about = readRegister().filter(({ concerns }) => concerns.includes(operation as never));
  const ids = new Set(about.map(({ id }) => id));
  return checks.filter(({ verifies }) => verifies.some((id) => ids.has(id)));
};

const unchanged: Fault = (fetch) => fetch;
const twistNames = Object.keys(twists);
const operations = Object.values(readContract().operations).map(({ id }) => id);

describe('No rule breaks down at odd responses and events', () => {
  let harness: TestHarness;
  beforeAll(async () => {
    const patience = { event: 50, silence: 5 };
    harness = await openTestHarness({ runs: 1, patience, longestSleep: 5 });
  });
  afterAll(() => harness.close());

  const expectNoBreakdown = async (
    chosen: readonly Rule[],
    fault: Fault,
    deliveryFault?: DeliveryFault,
  ): Promise<void> => {
    const options = { fault, deliveryFault, concurrency: 8 };
    const outcomes = await harness.run([...ambient, ...chosen], options);
    const broken = outcomes.filter(({ outcome }) => outcome === 'error');
    expect(broken.map(({ id, reason }) => `${id}: ${reason ?? ''}`)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome !== 'not-verified').length).toBeGreaterThan(0);
  };

  it.each(twistNames.map((name, turn) => [name, turn] as const))(
    'when every response is odd: %s',
    async (name, turn) => {
      await expectNoBreakdown(
        share(checks, turn, 24),
        twistAnswers(twists[name] ?? (() => undefined)),
      );
    },
  );

  it.each(operations.map((id, turn) => [id, turn] as const))(
    'when only the responses of %s are odd',
    async (id, turn) => {
      const about = rulesAbout(id);
      for (const [place, name] of twistNames.entries()) {
        // Each operation gets every fifteenth twist, and the next operation other ones.
        if ((place + turn) % 15 !== 0) continue;
        const fault = twistAnswers(twists[name] ?? (() => undefined), id);
        await expectNoBreakdown(share(about, place, Math.ceil(about.length / 3)), fault);
      }
    },
  );

  it.each(['data missing', 'data null', 'data an array', 'no keys', 'deep objects'])(
    'and the failure names createDossier when its response has %s',
    async (name) => {
      const chosen = rules.filter(({ id }) => id === 'dossiers/visible-at-once');
      const fault = twistAnswers(twists[name] ?? (() => undefined), 'createDossier');
      const [outcome] = await harness.run(chosen, { fault, concurrency: 8 });
      expect(outcome).toMatchObject({ outcome: 'failed' });
      expect(outcome?.counterexample?.expected).toContain('createDossier');
      expect(outcome?.counterexample?.judged?.exchange?.operation).toBe('createDossier');
    },
  );

  /** Without the rules that wait for repeated attempts, which would take minutes. */
  const listeners = checks.filter(
    (rule) => rule.kind === 'check' && rule.needs.includes('webhooks') && !rule.waits,
  );

  it.each(Object.entries(events).map(([name, twist], turn) => [name, twist, turn] as const))(
    'when every event is odd: %s',
    async (_, twist, turn) => {
      const deliveryFault = onReceiver((receiver) => ({
        ...receiver,
        receive: (raw) => {
          const body = new TextEncoder().encode(twist(new TextDecoder().decode(raw.body)));
          receiver.receive({ ...raw, body });
        },
      }));
      await expectNoBreakdown(share(listeners, turn, 8), unchanged, deliveryFault);
    },
  );
});
