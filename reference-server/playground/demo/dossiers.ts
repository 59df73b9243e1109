import type { Schemas } from '../../../openapi/contract.ts';
import type { Flow } from '../../state/records.ts';
import type { DemoContext } from './context.ts';
import type { SeededRandom } from './random.ts';
import { candidateRemarks, closingRemarks, type Remark, salesRemarks } from './texts.ts';

/** An operation on the dossier with this id. */
export type DossierStep = (id: string) => void;

/** How a dossier is created. */
export interface DossierStart {
  readonly draft: () => Schemas['NewDossier'];
  readonly cv?: Buffer;
  /** Further operations in its first stage. */
  readonly steps: readonly DossierStep[];
}

/** Schedules a dossier's events: creation, stage changes, notes, and closing. */
export const addDossier = (
  context: DemoContext,
  course: DossierCourse,
  plan: DossierStart,
): void => {
  const { draft, cv, steps } = plan;
  const { flow, arrivals, end } = course;
  const [start = end] = arrivals;
  const remarks = remarksOn(context, course);
  const series = context.schedule.startSeries();
  let id = '';
  const schedule = (daysAgo: number, step: DossierStep): void => {
    series(daysAgo, () => {
      step(id);
    });
  };

  series(start, () => {
    const files = new Map(cv ? [['cv', cv]] : []);
    ({ id } = context.perform('createDossier', { body: draft(), files }).data);
  });
  for (const step of steps) schedule(start, step);
  for (const [index, daysAgo] of arrivals.entries()) {
    const stage = flow.stages[index];
    if (index > 0 && stage) schedule(daysAgo, change(context, { current_stage_id: stage.id }));
    const remark = remarks[index];
    if (remark) schedule(daysAgo, addNote(context, remark));
  }
  for (const step of closingSteps(context, course)) schedule(end, step);
};

const change =
  ({ perform }: DemoContext, body: Schemas['DossierChanges']): DossierStep =>
  (id) =>
    perform('updateDossier', { params: { id }, body });

const addNote =
  ({ perform }: DemoContext, { content, shared }: Remark): DossierStep =>
  (id) =>
    perform('createDossierNote', {
      params: { id },
      body: { content, is_internal: shared !== true },
    });

/** Some dossiers have no notes. */
const remarksOn = ({ random }: DemoContext, { flow, number }: DossierCourse): readonly Remark[] =>
  number % 4 === 3
    ? []
    : random.shuffle(flow.type === 'candidate' ? candidateRemarks : salesRemarks);

const closingSteps = (context: DemoContext, { flow, status }: DossierCourse): DossierStep[] => {
  if (status === 'active') return [];
  const remark = addNote(context, { content: closingRemarks[flow.type][status] });
  const archive: DossierStep = (id) => context.perform('archiveDossier', { params: { id } });
  return [remark, status === 'archived' ? archive : change(context, { status })];
};

/** The course of a dossier so far; all times are in days before today. */
export interface DossierCourse {
  /** Counts the dossiers of a flow, from 0. */
  readonly number: number;
  readonly flow: Flow;
  readonly status: Schemas['DossierStatus'];
  /** When it entered each of its stages so far. */
  readonly arrivals: readonly number[];
  /** When it was closed, unless it is still active. */
  readonly end: number;
}

/** How long a dossier stays in a stage on average, in days. */
const daysInStage = 6;

/**
 * Plans dossiers that end in each stage of a flow in turn, with every status, independent of the
 * seed; only their times are random.
 */
export const planDossierCourses = (
  flow: Flow,
  count: number,
  random: SeededRandom,
): DossierCourse[] =>
  Array.from({ length: count }, (_, number) => {
    const stages = (number % flow.stages.length) + 1;
    const start = 1 + (stages - 1) * daysInStage + random.integer(0, 2 * daysInStage);
    const step = start / (stages + 1);
    const arrivals = Array.from({ length: stages }, (_, index) => start - index * step);
    const status = stages === flow.stages.length ? 'won' : statusBeforeEnd(number);
    return { number, flow, status, arrivals, end: step };
  });

/** Some dossiers are closed before the last stage. */
const statusBeforeEnd = (number: number): Schemas['DossierStatus'] => {
  if (number % 7 === 3) return 'lost';
  return number % 9 === 6 ? 'archived' : 'active';
};
