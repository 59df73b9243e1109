import type { RequirementId } from '../../../openapi/register.ts';
import { expectCompletePages, type PagePart } from '../../assertions/lists.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Flow, Stage } from '../../contract/resources.ts';
import { pageSizes } from '../../contract/operations.ts';
import { onData } from '../../faults/inject.ts';
import { flowsOf } from '../../fixtures/flows.ts';
import { plainFlows } from '../../generators/dossiers.ts';
import type { ModelSession } from '../../model/command.ts';
import { openTour, readPage } from '../../model/tour.ts';
import type { FlowDraft } from '../../targets/target.ts';

type StageDraft = FlowDraft['stages'][number];

/**
 * In another order than their positions, names, numbers in names, deadlines and chances, some
 * without these, and two with the same name.
 */
const oddStages: readonly StageDraft[] = [
  { name: '7. Hemelvaart', position: 10, deadline_days: 5, win_probability: 40, color: '#FF5C35' },
  { name: '12. Aanbod', position: 2, deadline_days: 0, win_probability: 90 },
  { name: '3. Zwartkruis', position: 13, win_probability: 0, color: '#22C55E' },
  { name: '9. Gesprek', position: 0, deadline_days: 21 },
  { name: '1. Ondiep', position: 11, deadline_days: 3, win_probability: 100 },
  { name: '9. Gesprek', position: 4, deadline_days: 30, win_probability: 14 },
  { name: '5. Zoë Çelik-Łukasz', position: 1, deadline_days: 8, win_probability: 29 },
  {
    ...{ name: '2. A stage with a name of more than forty characters', position: 7 },
    ...{ deadline_days: 1, win_probability: 5, color: '#000000' },
  },
  { name: '11. Wouk', position: 20, deadline_days: 13, win_probability: 60 },
  { name: '4. بكر', position: 9, deadline_days: 2 },
  { name: '8. Kwartel', position: 3, deadline_days: 90, win_probability: 1, color: '#0EA5E9' },
  { name: '6. Mistral', position: 15, deadline_days: 34, win_probability: 75 },
];

const drafts: readonly FlowDraft[] = [
  { name: 'With odd stages', type: 'sales', stages: oddStages },
  { name: 'With odd stages', type: 'candidate', stages: oddStages.toReversed(), is_default: true },
  { name: 'By default', type: 'sales', stages: oddStages.slice(2, 5), is_default: true },
];

const byPosition = ({ stages }: FlowDraft): StageDraft[] =>
  [...stages].sort((one, other) => (one.position ?? 0) - (other.position ?? 0));

/** Shown stages are those of the draft, in order, with what is known of each. */
const expectStages = (
  { about }: Pick<RuleContext, 'about'>,
  shown: readonly Stage[],
  draft: FlowDraft,
  nested: boolean,
): void => {
  const known = byPosition(draft);
  const names = shown.map(({ name }) => name.normalize('NFC'));
  about(nested ? 'LG-FLO-002' : 'LG-FLO-017', 'LG-FLO-010');
  expectEqual(
    names,
    known.map(({ name }) => name),
    'the names of the stages by position',
  );
  const positions = shown.map(({ position }) => position);
  const ascending = [...new Set(positions)].sort((one, other) => one - other);
  about(nested ? 'LG-FLO-003' : 'LG-FLO-017');
  expectEqual(positions, ascending, 'the positions of the stages');
  for (const [index, { deadline_days, win_probability, color, name }] of shown.entries()) {
    const given = known[index];
    const days = given?.deadline_days ?? null;
    about('LG-FLO-011');
    expectEqual(deadline_days ?? null, days, `deadline_days of "${name}"`);
    // The scale of probabilities is a decision.
    const type = typeof given?.win_probability;
    about('LG-FLO-012');
    expectEqual(typeof (win_probability ?? undefined), type, `win_probability of "${name}"`);
    if (!nested || given?.color == null) continue;
    about('LG-FLO-022');
    expectThat(typeof color === 'string' && color !== '', `a color of "${name}"`, () => color);
  }
  const chances = shown
    .map((stage, index) => [known[index]?.win_probability, stage.win_probability] as const)
    .filter(([own]) => typeof own === 'number')
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, chance]) => Number(chance));
  const ordered = chances.every(
    (chance, index) => index === 0 || chance > Number(chances[index - 1]),
  );
  about('LG-FLO-012');
  expectThat(ordered, 'win_probability in the order of the given ones', () => chances);
};

/** The stages of a flow are the same when they are listed alone. */
const expectStagesAlone = async (
  session: ModelSession,
  draft: FlowDraft,
  { id, stages: nested }: Flow,
): Promise<void> => {
  const { context } = session.org;
  const { items, total, perPage } = await readPage(session, 'listFlowStages', {}, { id });
  const stages = items as unknown as readonly Stage[];
  expectStages(context, stages, draft, false);
  context.about('LG-FLO-018');
  expectEqual(comparable(stages), comparable(nested), 'the same stages alone and nested,');
  context.about('LG-FLO-019');
  expectEqual(total, stages.length, 'the total of the stages');
  context.about('LG-GEN-018');
  const fits = (perPage ?? total) >= total;
  expectThat(fits, 'a page size with room for the stages', () => perPage);
};

/** The requirements about the pages of all flows, or of those of one type. */
const pagesOf = (part: PagePart, perPage?: number, ofType = false): readonly RequirementId[] => {
  if (part === 'size') return [perPage === undefined && !ofType ? 'LG-FLO-006' : 'LG-GEN-016'];
  if (part === 'meta') return perPage === undefined ? ['LG-GEN-018', 'LG-FLO-005'] : ['LG-GEN-018'];
  if (part === 'order') return ['LG-GEN-016'];
  if (ofType) return [part === 'total' ? 'LG-GEN-015' : 'LG-FLO-004'];
  return part === 'total' ? ['LG-FLO-001'] : ['LG-FLO-001', 'LG-GEN-017'];
};

const comparable = (stages: readonly Stage[]) =>
  stages.map(({ id, name, position }) => ({ id, name, position }));

const flows = defineRule({
  id: 'tours/flows',
  level: 'MUST',
  verifies: [
    ...(['LG-FLO-001', 'LG-FLO-002', 'LG-FLO-003', 'LG-FLO-004', 'LG-FLO-005'] as const),
    ...(['LG-FLO-006', 'LG-FLO-009', 'LG-FLO-010', 'LG-FLO-011', 'LG-FLO-012'] as const),
    ...(['LG-FLO-016', 'LG-FLO-017', 'LG-FLO-018', 'LG-FLO-019', 'LG-FLO-022'] as const),
    ...(['LG-GEN-015', 'LG-GEN-016', 'LG-GEN-017', 'LG-GEN-018', 'LG-GEN-019'] as const),
    'LG-GEN-044',
  ],
  sentence:
    'Flows and their stages are listed as they are, nested and alone, by every page and by `type`.',
  needs: ['flows', 'fresh-organizations'],
  check: async (context) => {
    const session = await openTour(context);
    const { org } = session;
    const { about } = context;
    const own = new Map<string, FlowDraft>();
    // More than a page of the default size has, over all pages and of one type.
    const { size } = pageSizes(context.contract, 'listFlows');
    for (const draft of [...drafts, ...plainFlows(size + 2)]) {
      own.set((await org.createFlow(draft)).id, draft);
    }
    const ids = [...new Set([...own.keys(), ...session.flows.map(({ id }) => id)])];
    await expectCompletePages(org, 'listFlows', {}, ids, [undefined, 15], (...part) => {
      about(...pagesOf(...part));
    });
    // The form of the list.
    about('LG-GEN-044', 'LG-GEN-019');
    const all = await flowsOf(org);
    for (const { id, name, type, is_default, stages } of all) {
      const draft = own.get(id);
      if (!draft) continue;
      about('LG-FLO-009');
      expectEqual(
        { name: name.normalize('NFC'), type },
        { name: draft.name, type: draft.type },
        'the flow',
      );
      if (draft.is_default) expectThat(is_default, `is_default of "${name}"`, () => is_default);
      expectThat(typeof is_default === 'boolean', 'is_default true or false', () => is_default);
      expectStages(context, stages, draft, true);
    }
    for (const type of ['candidate', 'sales']) {
      const ofType = all.filter((flow) => flow.type === type);
      const defaults = ofType.filter((flow) => flow.is_default);
      about('LG-FLO-016');
      expectThat(defaults.length <= 1, `at most one default flow of type ${type}`, () => defaults);
      const wanted = ofType.map(({ id }) => id);
      await expectCompletePages(org, 'listFlows', { type }, wanted, [9], (part, perPage) => {
        about(...pagesOf(part, perPage, true));
      });
    }
    const flowWithStages = new Map(all.map((flow) => [flow.id, flow]));
    for (const [id, draft] of [...own].slice(0, 4)) {
      await expectStagesAlone(session, draft, flowWithStages.get(id) as Flow);
    }
  },
  // A server that leaves missing deadlines at zero.
  fault: onData(['listFlowStages'], (stage) => {
    stage['deadline_days'] ??= 0;
  }),
});

export default [flows] satisfies readonly Rule[];
