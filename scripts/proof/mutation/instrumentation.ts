import type { CoverageData, InstrumenterContext, MutantCoverage } from '@stryker-mutator/api/core';

/** Where the code that Stryker has written into the server finds out which mutant is on. */
type Context = {
  -readonly [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined;
};

/** Beside the one mutant that Stryker's code knows of, several can be on at once. */
type Here = Context & { activeMutants?: ReadonlySet<string> | undefined };

const context = (): Here => {
  const holder = globalThis as { __stryker__?: Here };
  return (holder.__stryker__ ??= {});
};

export const instrumentation = {
  /** Switches mutants on; what it gives switches them off and tells how often they were met. */
  activate: (ids: readonly string[], hitLimit: number | undefined): (() => number | undefined) => {
    const here = context();
    here.activeMutants = new Set(ids);
    here.hitCount = hitLimit === undefined ? undefined : 0;
    here.hitLimit = hitLimit;
    return () => {
      const { hitCount } = here;
      here.activeMutants = here.hitCount = here.hitLimit = undefined;
      return hitCount;
    };
  },
  /** Makes instrumented code, in which names may have got a number, ask for all that are on. */
  forSeveral: (code: string): string => {
    const several = code.replace(/(\w+)\.activeMutant === (id\d*)/g, '$1.activeMutants?.has($2)');
    if (several === code) throw new Error('The code is not instrumented as it should be.');
    return several;
  },
  /** From now on, the mutants that are met are met by this test; undefined is none of them. */
  attribute: (test: string | undefined): void => {
    context().currentTestId = test;
  },
  /** What was met by whom. */
  coverage: (): MutantCoverage => context().mutantCoverage ?? { static: {}, perTest: {} },
};

/** What several tests have met together. */
export const unite = (parts: readonly CoverageData[]): CoverageData => {
  const whole: Record<string, number> = {};
  for (const part of parts) {
    for (const [id, hits] of Object.entries(part)) whole[id] = (whole[id] ?? 0) + hits;
  }
  return whole;
};
