import { Unavailable } from '../targets/unavailable.ts';
import { change } from './changes.ts';
import { flowsOf } from './flows.ts';
import type { Dossier, Flow, Organization } from './organization.ts';
import type { World } from './world.ts';

/** A dossier that can be moved, and the stages of its flow that it isn't in. */
export interface Movable extends Pick<Dossier, 'id' | 'current_stage_id'> {
  readonly others: readonly [string, ...string[]];
}

/**
 * Creates a dossier in a flow in which it can be moved: of either type, as far as there is one.
 *
 * @throws Unavailable when no flow of the organisation has a second stage
 */
export const createMovables = async (
  home: Organization,
  name: string,
): Promise<readonly Movable[]> => {
  const made: Movable[] = [];
  for (const flow of await flowsToMoveIn(home)) made.push(await createIn(home, flow, name));
  return made;
};

/** One of them, where the type doesn't matter. */
export const createMovable = async (home: Organization, name: string): Promise<Movable> =>
  createIn(home, (await flowsToMoveIn(home))[0], name);

/** One flow of each type that has one with several stages. */
const flowsToMoveIn = async (home: Organization): Promise<readonly [Flow, ...Flow[]]> => {
  const flows = new Map<string, Flow>();
  for (const flow of await flowsOf(home)) {
    if (flow.stages.length > 1 && !flows.has(flow.type)) flows.set(flow.type, flow);
  }
  const [first, ...rest] = flows.values();
  if (first) return [first, ...rest];
  throw new Unavailable('It needs a flow of at least two stages in the organisation.');
};

const createIn = async (home: Organization, flow: Flow, name: string): Promise<Movable> => {
  const draft = { type: flow.type, name, flow_id: flow.id };
  const { id, current_stage_id } = await home.createDossier(draft);
  const [first, ...rest] = [...flow.stages]
    .sort((one, other) => one.position - other.position)
    .map((stage) => stage.id)
    .filter((stage) => stage !== current_stage_id);
  if (first === undefined) throw new Error('A flow of several stages has none to move to.');
  return { id, current_stage_id, others: [first, ...rest] };
};

/** Moves it to the first of the other stages, the next one as a rule, and gives that. */
export const move = async (
  world: Pick<World, 'expect'>,
  home: Organization,
  { id, others }: Movable,
): Promise<string> => {
  await change(world, home, id, { current_stage_id: others[0] });
  return others[0];
};
