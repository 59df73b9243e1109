import type { Rule } from '../../../conformance/rule.ts';
import { rules } from '../../../conformance/rules/index.ts';
import type { Contract } from '../../../openapi/contract.ts';
import type { Requirement } from '../../../openapi/register.ts';
import type { Bench } from './bench.ts';
import { chooseRules } from './choice.ts';
import type { Fault } from './fault.ts';
import { findKill, type Kill, type Knowledge } from './kill.ts';

/** What came of the hunt for one fault. */
export interface Hunt {
  /** Undefined for a fault that got away. */
  readonly kill: Kill | undefined;
  /** The rules that could have seen it. */
  readonly tried: readonly string[];
  readonly requests: number;
  readonly milliseconds: number;
}

export interface HuntOptions {
  readonly bench: Bench;
  readonly contract: Contract;
  readonly register: readonly Requirement[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
  /** The ids of the rules that an honest server failed; none unless told. */
  readonly unfit?: ReadonlySet<string>;
}

/**
 * Judges a faulty server by the rules that verify what it breaks, until one of them kills it.
 *
 * @throws Error for a fault that breaks no MUST of the register
 */
export const hunt = async (
  fault: Fault,
  { bench, contract, register, seed, runs, unfit = new Set() }: HuntOptions,
): Promise<Hunt> => {
  const broken = register.find(({ id }) => id === fault.breaks);
  if (broken?.level !== 'MUST') throw new Error(`${fault.id} breaks no MUST of the register.`);
  const requirement = { ...broken, concerns: [...broken.concerns, ...(fault.at ?? [])] };
  const chosen = chooseRules(requirement.id);
  const knowledge: Knowledge = {
    operations: new Set(Object.keys(contract.operations)),
    provoking,
    unfit,
  };
  const { outcomes, requests, milliseconds } = await bench.judge(fault, {
    ...{ rules: chosen, seed, runs },
    enough: (outcome) => findKill(requirement, [outcome], knowledge) !== undefined,
  });
  const kill = findKill(requirement, outcomes, knowledge);
  return { kill, tried: chosen.map(({ id }) => id), requests, milliseconds };
};

/** The requirement that is broken by a server that fails where it should refuse. */
const aboutFailing = 'LG-ERR-031';

const provokes = (rule: Rule): boolean =>
  rule.verifies.includes(aboutFailing) || (rule.kind === 'check' && rule.needs.includes('faults'));

const provoking = new Set(rules.filter(provokes).map(({ id }) => id));
