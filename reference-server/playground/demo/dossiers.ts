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
  readonly deeds: readonly DossierStep[];
}

/** Schedules a dossier's events: creation, stage changes, notes, and closing. */
export const addDossier = (
  scene: DemoContext,
  journey: DossierCourse,
  beginning: DossierStart,
): void => {
  const { draft, cv, deeds } = beginning;
  const { flow, arrivals, end } = journey;
  const [start = end] = arrivals;
  const remarks = remarksOn(scene, journey);
  const thread = scene.agenda.thread();
  let id = '';
  const tell = (daysAgo: number, deed: DossierStep): void => {
    thread(daysAgo, () => {
      deed(id);
    });
  };

  thread(start, () => {
    const files = new Map(cv ? [['cv', cv]] : []);
    ({ id } = scene.perform('createDossier', { body: draft(), files }).data);
  });
  for (const deed of deeds) tell(start, deed);
  for (const [index, daysAgo] of arrivals.entries()) {
    const stage = flow.stages[index];
    if (index > 0 && stage) tell(daysAgo, change(scene, { current_stage_id: stage.id }));
    const remark = remarks[index];
    if (remark) tell(daysAgo, addNote(scene, remark));
  }
  for (const deed of closing(scene, journey)) tell(end, deed);
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
const remarksOn = ({ chance }: DemoContext, { flow, number }: DossierCourse): readonly Remark[] =>
  number % 4 === 3
    ? []
    : chance.shuffle(flow.type === 'candidate' ? candidateRemarks : salesRemarks);

const closing = (scene: DemoContext, { flow, status }: DossierCourse): DossierStep[] => {
  if (status === 'active') return [];
  const remark = addNote(scene, { content: closingRemarks[flow.type][status] });
  const archive: DossierStep = (id) => scene.perform('archiveDossier', { params: { id } });
  return [remark, status === 'archived' ? archive : change(scene, { status })];
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
const stay = 6;

/**
 * Plans dossiers that end in each stage of a flow in turn, with every status, independent of the
 * seed; only their times are random.
 */
export const planDossierCourses = (
  flow: Flow,
  count: number,
  chance: SeededRandom,
): DossierCourse[] =>
  Array.from({ length: count }, (_, number) => {
    const stages = (number % flow.stages.length) + 1;
    const start = 1 + (stages - 1) * stay + chance.integer(0, 2 * stay);
    const step = start / (stages + 1);
    const arrivals = Array.from({ length: stages }, (_, index) => start - index * step);
    const status = stages === flow.stages.length ? 'won' : statusOnTheWay(number);
    return { number, flow, status, arrivals, end: step };
  });

/** Some dossiers are closed before the last stage. */
const statusOnTheWay = (number: number): Schemas['DossierStatus'] => {
  if (number % 7 === 3) return 'lost';
  return number % 9 === 6 ? 'archived' : 'active';
};
