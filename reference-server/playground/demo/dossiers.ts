import type { Schemas } from '../../../openapi/contract.ts';
import { candidateRemarks, closingRemarks, salesRemarks, type Remark } from '../data/notes.ts';
import type { Scene } from './house.ts';
import type { Journey } from './journeys.ts';

/** What is done to a dossier, by its id. */
export type Deed = (id: string) => void;

/** How a dossier begins. */
export interface Beginning {
  readonly draft: () => Schemas['NewDossier'];
  readonly cv?: Buffer;
  /** What else is done in its first stage. */
  readonly deeds: readonly Deed[];
}

/** Lets a dossier go its way: it is created, moved on, spoken of, and perhaps closed. */
export const tellDossier = (scene: Scene, journey: Journey, beginning: Beginning): void => {
  const { draft, cv, deeds } = beginning;
  const { flow, arrivals, end } = journey;
  const [start = end] = arrivals;
  const remarks = remarksOn(scene, journey);
  const thread = scene.agenda.thread();
  let id = '';
  const tell = (daysAgo: number, deed: Deed): void => {
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
    if (remark) tell(daysAgo, speak(scene, remark));
  }
  for (const deed of closing(scene, journey)) tell(end, deed);
};

const change =
  ({ perform }: Scene, body: Schemas['DossierChanges']): Deed =>
  (id) =>
    perform('updateDossier', { params: { id }, body });

const speak =
  ({ perform }: Scene, { content, shared }: Remark): Deed =>
  (id) =>
    perform('createDossierNote', {
      params: { id },
      body: { content, is_internal: shared !== true },
    });

/** Some dossiers are never spoken of. */
const remarksOn = ({ chance }: Scene, { flow, number }: Journey): readonly Remark[] =>
  number % 4 === 3
    ? []
    : chance.shuffle(flow.type === 'candidate' ? candidateRemarks : salesRemarks);

const closing = (scene: Scene, { flow, status }: Journey): Deed[] => {
  if (status === 'active') return [];
  const remark = speak(scene, { content: closingRemarks[flow.type][status] });
  const archive: Deed = (id) => scene.perform('archiveDossier', { params: { id } });
  return [remark, status === 'archived' ? archive : change(scene, { status })];
};
