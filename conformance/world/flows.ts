import { dataOf, type Flow, type Organization } from './organization.ts';
import { expectThat } from './expectations.ts';
import type { FlowDraft } from '../targets/target.ts';
import { Unavailable } from '../targets/unavailable.ts';
import type { World } from './world.ts';

export type { FlowDraft };

export type Stage = Flow['stages'][number];

/** All flows of the organisation, over all pages. */
export const flowsOf = async (
  home: Organization,
  query: Readonly<Record<string, string>> = {},
): Promise<Flow[]> =>
  (await home.walk('listFlows', query)).flatMap(({ items }) => items as readonly Flow[]);

/** Makes a flow, and gives it as the list shows it. */
export const makeFlow = async (home: Organization, draft: FlowDraft): Promise<Flow> => {
  const { id } = await home.createFlow(draft);
  const found = (await flowsOf(home)).find((flow) => flow.id === id);
  expectThat(found !== undefined, `the flow ${id} in the list`, () => 'a list without it');
  return found as Flow;
};

/** The stages of one flow, as they are read by themselves. */
export const stagesOf = async (
  { expect }: Pick<World, 'expect'>,
  home: Organization,
  id: string,
): Promise<Stage[]> => {
  const exchange = await home.all.send('listFlowStages', { path: { id } });
  expect.success(exchange);
  return dataOf(exchange.json) as Stage[];
};

/** The stage with the lowest position, wherever it stands in the array. */
export const firstStageOf = ({ stages }: Flow): Stage | undefined =>
  stages.reduce<Stage | undefined>(
    (first, stage) => (first && first.position <= stage.position ? first : stage),
    undefined,
  );

/** The default flow of a type; undefined where there is none. */
export const defaultFlowOf = (flows: readonly Flow[], type: string): Flow | undefined =>
  flows.find((flow) => flow.type === type && flow.is_default);

/** The names of a draft's stages by ascending position. */
export const namesInOrder = ({ stages }: FlowDraft): string[] =>
  [...stages].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).map(({ name }) => name);

/** That no stage is known to have a colour, so that nothing says whether the list must show one. */
export const noColors = (): Unavailable =>
  new Unavailable('No stage shows a colour by itself, and this target makes no flows for tests.');
