import type { Contract } from '../../openapi/contract.ts';
import type { Judge } from './judge.ts';
import type { Ledger } from './ledger.ts';
import type { Start } from './server-process.ts';

/** What all parts of the attack share. */
export interface Attack {
  readonly contract: Contract;
  readonly judge: Judge;
  readonly seed: number;
  /** Starts the server that is attacked. */
  readonly start: Start;
  /** How many requests the fuzzer sends. */
  readonly requests: number;
  /** How often the server is killed under load. */
  readonly kills: number;
  /** Whether what takes long or much memory is left out. */
  readonly short: boolean;
  /** Takes a line about how far it is. */
  readonly log: (line: string) => void;
}

/** A part of the attack: writes what it finds into the ledger. */
export type Part = (attack: Attack, ledger: Ledger) => Promise<void>;

/** The command that repeats a part. */
export const repeatCommand = ({ seed }: Attack, part: string): string =>
  `npm run fire -- --only ${part} --seed ${seed}`;
