import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContract } from '../../openapi/contract.ts';
import { readRegister } from '../../openapi/register.ts';
import type { Rule } from '../context/rule.ts';
import { onReceiver } from '../faults/deliveries.ts';
import type { DeliveryFault, Fault } from '../faults/inject.ts';
import { rules } from '../rules/index.ts';
import { events, twistAnswers, twists } from './odd-answers.ts';
import { openOddTarget } from './odd-run.ts';

const ambient = rules.filter(({ kind }) => kind === 'ambient');
const checks = rules.filter(({ kind }) => kind === 'check');

/** Of some rules, as many as the time allows; the others meet another oddity. */
const share = (some: readonly Rule[], turn: number, every: number): Rule[] =>
  some.filter((_, index) => (index + turn * 5) % every === 0);

/** The rules that are about an operation by itself. */
const rulesAbout = (operation: string): Rule[] => {
  const about = readRegister().filter(({ concerns }) => concerns.includes(operation as never));
  const ids = new Set(about.map(({ id }) => id));
  return checks.filter(({ verifies }) => verifies.some((id) => ids.has(id)));
};

const unchanged: Fault = (fetch) => fetch;
const twistNames = Object.keys(twists);
const operations = Object.values(readContract().operations).map(({ id }) => id);

describe('No rule breaks down over what a target says', () => {
  let target: Awaited<ReturnType<typeof openOddTarget>>;
  beforeAll(async () => {
    target = await openOddTarget();
  });
  afterAll(() => target.close());

  const expectJudged = async (
    chosen: readonly Rule[],
    wire: Fault,
    delivery?: DeliveryFault,
  ): Promise<void> => {
    const outcomes = await target.judge([...ambient, ...chosen], wire, delivery);
    const broken = outcomes.filter(({ outcome }) => outcome === 'error');
    expect(broken.map(({ id, reason }) => `${id}: ${reason ?? ''}`)).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome !== 'not-verified').length).toBeGreaterThan(0);
  };

  it.each(twistNames.map((name, turn) => [name, turn] as const))(
    'where every answer is odd: %s',
    async (name, turn) => {
      await expectJudged(share(checks, turn, 24), twistAnswers(twists[name] ?? (() => undefined)));
    },
  );

  it.each(operations.map((id, turn) => [id, turn] as const))(
    'where the answers of %s alone are odd',
    async (id, turn) => {
      const about = rulesAbout(id);
      for (const [place, name] of twistNames.entries()) {
        // Each operation meets every fifteenth, and the next one others.
        if ((place + turn) % 15 !== 0) continue;
        const wire = twistAnswers(twists[name] ?? (() => undefined), id);
        await expectJudged(share(about, place, Math.ceil(about.length / 3)), wire);
      }
    },
  );

  it.each(['data missing', 'data null', 'data an array', 'no keys', 'deep objects'])(
    'and what is said of a creation with %s names the creation',
    async (name) => {
      const chosen = rules.filter(({ id }) => id === 'dossiers/visible-at-once');
      const wire = twistAnswers(twists[name] ?? (() => undefined), 'createDossier');
      const [outcome] = await target.judge(chosen, wire);
      expect(outcome).toMatchObject({ outcome: 'failed' });
      expect(outcome?.counterexample?.expected).toContain('createDossier');
      expect(outcome?.counterexample?.judged?.exchange?.operation).toBe('createDossier');
    },
  );

  /** Those that wait for attempts to be repeated would take minutes. */
  const listeners = checks.filter(
    (rule) => rule.kind === 'check' && rule.needs.includes('webhooks') && !rule.waits,
  );

  it.each(Object.entries(events).map(([name, twist], turn) => [name, twist, turn] as const))(
    'where every event is odd: %s',
    async (_, twist, turn) => {
      const delivery = onReceiver((receiver) => ({
        ...receiver,
        receive: (raw) => {
          const body = new TextEncoder().encode(twist(new TextDecoder().decode(raw.body)));
          receiver.receive({ ...raw, body });
        },
      }));
      await expectJudged(share(listeners, turn, 8), unchanged, delivery);
    },
  );
});
