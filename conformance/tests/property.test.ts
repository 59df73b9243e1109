import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequirementId } from '../../openapi/register.ts';
import { Nonconformity } from '../context/expectations.ts';
import { createProperty, type Subject, usualRuns } from '../context/property.ts';
import type { Exchange } from '../http/exchange.ts';

/** A rule's property, with numbered exchanges. */
const open = (sampling: { runs?: number; path?: string } = {}) => {
  const recorded: Exchange[] = [];
  const exchange = (): void => void recorded.push({} as Exchange);
  const forget = (from: number) => recorded.splice(from);
  let about: readonly RequirementId[] = [];
  const subject: Subject = {
    get: () => about,
    set: (...requirements) => {
      about = requirements;
    },
  };
  const property = createProperty(
    { seed: 1, runs: usualRuns, ...sampling },
    forget,
    () => recorded,
    subject,
  );
  return { property, exchange, subject };
};

const failureOf = async (work: Promise<void>): Promise<Nonconformity> => {
  const thrown: unknown = await work.catch((found: unknown) => found);
  if (thrown instanceof Nonconformity) return thrown;
  throw new Error('It held.');
};

describe('a property', () => {
  it('reports the smallest case, and repeats it by its path', async () => {
    const below = (number: number) =>
      number < 1_000 ? Promise.resolve() : Promise.reject(new Nonconformity('less', 'more'));
    const { falsification } = await failureOf(open().property([fc.nat()], below));
    expect(falsification?.values).toBe('1000');
    const met: number[] = [];
    const again = open({ path: falsification?.path ?? '' }).property([fc.nat()], (number) => {
      met.push(number);
      return below(number);
    });
    expect((await failureOf(again)).falsification?.values).toBe('1000');
    expect(met[0]).toBe(1000);
  });

  it('reports its own exchanges and those before all cases, not those of other cases', async () => {
    const { property, exchange } = open();
    exchange();
    const failure = property<[number]>([fc.constant(0)], () => {
      exchange();
      exchange();
      return Promise.reject(new Nonconformity('none', 'two'));
    });
    expect((await failureOf(failure)).exchanges).toHaveLength(3);
  });

  it('is about what the reported case was about, whatever other cases were about', async () => {
    const { property, subject } = open();
    subject.set('LG-GEN-001');
    const atStart: (readonly RequirementId[])[] = [];
    const failure = property([fc.nat()], (number) => {
      atStart.push(subject.get());
      subject.set('LG-GEN-002');
      if (number >= 1_000) return Promise.reject(new Nonconformity('less', 'more'));
      subject.set('LG-GEN-003');
      return Promise.resolve();
    });
    expect((await failureOf(failure)).about).toEqual(['LG-GEN-002']);
    // Simpler cases that passed were tried after it.
    expect(subject.get()).toEqual(['LG-GEN-003']);
    expect(atStart.every((about) => about.join() === 'LG-GEN-001')).toBe(true);
  });

  it('stops looking for simpler cases after a while', async () => {
    let cases = 0;
    const failure = open().property<[number[]]>([fc.array(fc.nat(), { minLength: 200 })], () => {
      cases += 1;
      return Promise.reject(new Nonconformity('one thing', 'another'));
    });
    await failureOf(failure);
    expect(cases).toBeLessThanOrEqual(151);
  });

  it('reports the failure, even when an error occurs while simpler cases are tried', async () => {
    let found = false;
    const failure = open().property<[number]>([fc.integer({ min: 5 })], () => {
      if (found) return Promise.reject(new Error('The network is down.'));
      found = true;
      return Promise.reject(new Nonconformity('one thing', 'another'));
    });
    expect((await failureOf(failure)).expected).toBe('one thing');
  });

  it('has as many cases as the run, fewer of costly ones, and more in a thorough run', async () => {
    const count = async (runs: number, most?: number) => {
      let cases = 0;
      const holds = () => Promise.resolve(void (cases += 1));
      await open({ runs }).property<[number]>([fc.nat()], holds, most);
      return cases;
    };
    expect(await count(20)).toBe(20);
    expect(await count(20, 4)).toBe(4);
    expect(await count(2, 4)).toBe(2);
    expect(await count(200, 4)).toBe(40);
  });
});
