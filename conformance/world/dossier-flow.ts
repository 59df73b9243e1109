import { change } from './changes.ts';
import { expectThat } from './expectations.ts';
import { flowsOf } from './flows.ts';
import type { Dossier, Flow, Organization } from './organization.ts';
import type { World } from './world.ts';

/** The flow that a dossier is in: the one that has its stage. */
export const flowAround = async (
  home: Organization,
  { current_stage_id }: Pick<Dossier, 'current_stage_id'>,
): Promise<Flow> => {
  const flow = (await flowsOf(home)).find(({ stages }) =>
    stages.some(({ id }) => id === current_stage_id),
  );
  expectThat(flow !== undefined, `a flow with the stage ${current_stage_id}`, () => 'none');
  return flow as Flow;
};

/** Makes a dossier active: one of another status may have to stay where it is (LG-DOS-086). */
export const activate = async (
  world: Pick<World, 'expect'>,
  home: Organization,
  id: string,
): Promise<void> => {
  await change(world, home, id, { status: 'active' });
};
