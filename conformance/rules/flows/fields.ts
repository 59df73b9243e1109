import type { Organization } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { dossierTypes, type Stage } from '../../contract/resources.ts';
import { onData } from '../../faults/inject.ts';
import { createListedFlow, flowsOf, noKnownColors, stagesOf } from '../../fixtures/flows.ts';
import { aLongFlow, plainFlows } from '../../generators/dossiers.ts';

const expectWhole = (stages: readonly Stage[], drafts: readonly { name: string }[]): void => {
  const areComplete = stages.every(({ id, position }) => id && typeof position === 'number');
  expectThat(areComplete, 'stages with an id and a position', () => stages);
  const [names, expected] = [stages, drafts].map((some) => some.map(({ name }) => name));
  expectEqual(names, expected, 'the names of the stages');
};

const fields = defineRule({
  id: 'flows/fields',
  level: 'MUST',
  verifies: ['LG-FLO-009', 'LG-FLO-010'],
  sentence:
    'Flows and their stages have all documented fields, whichever filter or page lists them.',
  needs: ['flows', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const drafts = new Map<string, ReturnType<typeof plainFlows>[number]>();
    for (const draft of plainFlows(2)) drafts.set((await org.createFlow(draft)).id, draft);
    for (const query of [{}, ...dossierTypes(context.contract).map((type) => ({ type }))]) {
      context.about('LG-FLO-009');
      const flows = await flowsOf(org, query);
      for (const flow of flows) {
        context.about('LG-FLO-009');
        const fields = ['id', 'name', 'type', 'is_default', 'stages'];
        const whole = fields.every((field) => field in flow);
        expectThat(whole, `${fields.join(', ')} of the flow`, () => flow);
        const { name, type, is_default, stages } = flow;
        expectThat(typeof is_default === 'boolean', 'is_default true or false', () => flow);
        const draft = drafts.get(flow.id) ?? { name, type, stages };
        expectEqual({ name, type }, { name: draft.name, type: draft.type }, 'the flow');
        context.about('LG-FLO-010');
        expectWhole(stages, draft.stages);
      }
      context.about('LG-FLO-010');
      for (const { id, stages } of flows) {
        expectWhole(await stagesOf(org, id), drafts.get(id)?.stages ?? stages);
      }
    }
  },
  // A server that leaves is_default out unless it is true.
  fault: onData(['listFlows'], (flow) => {
    if (flow['is_default'] === false) delete flow['is_default'];
  }),
});

const optionalFigures = defineRule({
  id: 'flows/optional-figures',
  level: 'MUST',
  verifies: ['LG-FLO-009', 'LG-FLO-011', 'LG-FLO-012'],
  sentence:
    'A stage has `deadline_days` and `win_probability` if they were set, and otherwise no number in them.',
  needs: ['flows', 'fresh-organizations'],
  check: (context) =>
    context.property([aLongFlow()], async (draft) => {
      const org = await context.organization();
      const flow = await createListedFlow(org, draft);
      context.about('LG-FLO-009');
      expectEqual(flow.name.normalize('NFC'), draft.name.normalize('NFC'), 'the name of the flow');
      expectEqual(
        flow.is_default,
        draft.is_default ?? flow.is_default,
        'whether it is the default',
      );
      for (const stages of [flow.stages, await stagesOf(org, flow.id)]) {
        const chances: [number, number][] = [];
        for (const { name, deadline_days, win_probability } of stages) {
          const given = draft.stages.find((stage) => stage.name === name.normalize('NFC'));
          const days = given?.deadline_days ?? null;
          context.about('LG-FLO-011');
          expectEqual(deadline_days ?? null, days, `deadline_days of "${name}"`);
          // Its scale is a decision.
          const chance = typeof given?.win_probability;
          context.about('LG-FLO-012');
          expectEqual(typeof (win_probability ?? undefined), chance, 'type of win_probability');
          if (typeof given?.win_probability !== 'number' || win_probability == null) continue;
          chances.push([given.win_probability, win_probability]);
        }
        // Whatever the scale, a higher probability is a higher number.
        const inOrder = chances.toSorted((one, other) => one[0] - other[0]);
        const kept = inOrder.every(([own, shown], index) => {
          const [before, shownBefore] = inOrder[index - 1] ?? [own, shown];
          return own === before ? shown === shownBefore : shown > shownBefore;
        });
        context.about('LG-FLO-012');
        expectThat(kept, 'win_probability in the order of the given ones', () => inOrder);
      }
    }),
  // A server that shows a missing deadline as zero days.
  fault: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) stage.deadline_days ??= 0;
  }),
});

const figureForms = defineRule({
  id: 'flows/figure-forms',
  level: 'SHOULD',
  verifies: ['LG-FLO-013', 'LG-FLO-014', 'LG-FLO-015'],
  sentence:
    '`deadline_days` are whole days, `win_probability` is a percentage, and `color` has the form `#RRGGBB`.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const { id, stages } of (await flowsOf(org)).slice(0, 20)) {
      for (const stage of [...stages, ...(await stagesOf(org, id))]) {
        context.about('LG-FLO-013');
        const days = stage.deadline_days ?? 0;
        expectThat(Number.isInteger(days) && days >= 0, 'deadline_days in whole days', () => stage);
        context.about('LG-FLO-014');
        const chance = stage.win_probability ?? 0;
        expectThat(chance >= 0 && chance <= 100, 'win_probability from 0 to 100', () => stage);
        context.about('LG-FLO-015');
        const color = stage.color ?? '#FFFFFF';
        expectThat(/^#[0-9A-F]{6}$/i.test(color), 'a color of the form #RRGGBB', () => stage);
      }
    }
  },
  // A server that returns CSS colours.
  fault: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) stage.color = 'tomato';
  }),
});

/** How a colour is written is a decision (LG-FLO-015). */
const isColored = ({ color }: Stage): boolean => typeof color === 'string' && color !== '';

const expectColored = (
  nested: readonly Stage[],
  isSame: (stage: Stage) => boolean,
  name: string,
): void => {
  const stage = nested.find(isSame);
  // Whether all stages are listed is for other rules to check.
  if (!stage) return;
  expectThat(isColored(stage), `the color of the stage ${name} in the list`, () => stage);
};

/** Creates stages with a colour, and one without. */
const expectMadeColors = async (org: Organization): Promise<void> => {
  const colored = ['#FF5C35', '#22C55E', '#000000'].map((color) => ({ name: color, color }));
  const [first, ...others] = colored;
  for (const stages of [colored, [...(first ? [first] : []), { name: 'In none' }, ...others]]) {
    const flow = await createListedFlow(org, { name: 'Colours', type: 'sales', stages });
    for (const { name } of colored) expectColored(flow.stages, (one) => one.name === name, name);
  }
};

/**
 * The number of stages that show a colour in their own list; the list of flows must show it too.
 */
const expectKnownColors = async (org: Organization): Promise<number> => {
  let known = 0;
  for (const { id, stages } of (await flowsOf(org)).slice(0, 20)) {
    for (const alone of (await stagesOf(org, id)).filter(isColored)) {
      known += 1;
      expectColored(stages, (one) => one.id === alone.id, alone.name);
    }
  }
  return known;
};

const listedColors = defineRule({
  id: 'flows/listed-colors',
  level: 'MUST',
  verifies: ['LG-FLO-022'],
  sentence: 'The list of flows returns the `color` of each stage that has one.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const makes = context.offers.has('flows') && context.offers.has('fresh-organizations');
    if (makes) await expectMadeColors(org);
    const known = await expectKnownColors(org);
    if (!makes && known === 0) throw noKnownColors();
  },
  // A server that leaves colours out of the list of flows.
  fault: onData(['listFlows'], (flow) => {
    for (const stage of flow['stages'] as Stage[]) delete stage.color;
  }),
});

const colorsAlone = defineRule({
  id: 'flows/colors-alone',
  level: 'SHOULD',
  verifies: ['LG-FLO-021'],
  sentence: 'Listing the stages of a flow also returns their `color`.',
  needs: ['flows', 'fresh-organizations'],
  check: async (context) => {
    const org = await context.organization();
    const stages = ['#FF5C35', '#22C55E', '#0EA5E9'].map((color) => ({ name: color, color }));
    const { id } = await createListedFlow(org, { name: 'Colours', type: 'sales', stages });
    const shown = await stagesOf(org, id);
    const [colors, names] = [shown.map(({ color }) => color), stages.map(({ color }) => color)];
    expectEqual(colors, names, 'the colours of the stages');
  },
  fault: onData(['listFlowStages'], (stage) => {
    delete stage['color'];
  }),
});

export default [
  fields,
  optionalFigures,
  figureForms,
  listedColors,
  colorsAlone,
] satisfies readonly Rule[];
