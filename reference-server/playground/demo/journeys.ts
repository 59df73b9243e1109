import type { Schemas } from '../../../openapi/contract.ts';
import type { Flow } from '../../state/records.ts';
import type { Chance } from './chance.ts';

/** How a dossier has come along so far; all times are in days before today. */
export interface Journey {
  /** Counts the journeys of a flow, from 0. */
  readonly number: number;
  readonly flow: Flow;
  readonly status: Schemas['DossierStatus'];
  /** When it came to its stages, the first of the flow first; it went no further. */
  readonly arrivals: readonly number[];
  /** When it was closed, unless it is still active. */
  readonly end: number;
}

/** How long a dossier stays in a stage, in days, more or less. */
const stay = 6;

/**
 * Journeys through a flow that end in each of its stages in turn, and with every status, whatever
 * the seed; only their times are left to chance.
 */
export const planJourneys = (flow: Flow, count: number, chance: Chance): Journey[] =>
  Array.from({ length: count }, (_, number) => {
    const stages = (number % flow.stages.length) + 1;
    const start = 1 + (stages - 1) * stay + chance.integer(0, 2 * stay);
    const step = start / (stages + 1);
    const arrivals = Array.from({ length: stages }, (_, index) => start - index * step);
    const status = stages === flow.stages.length ? 'won' : statusOnTheWay(number);
    return { number, flow, status, arrivals, end: step };
  });

/** Some dossiers end before the last stage. */
const statusOnTheWay = (number: number): Schemas['DossierStatus'] => {
  if (number % 7 === 3) return 'lost';
  return number % 9 === 6 ? 'archived' : 'active';
};
