import fc from 'fast-check';
import type { FlowDraft } from '../targets/target.ts';
import { aType } from './new-dossier.ts';
import { aText } from './text.ts';

type StageDraft = FlowDraft['stages'][number];

const aStage = (position: number, place: number): fc.Arbitrary<StageDraft> =>
  fc.record(
    {
      // Numbered, so that names differ; by their place in the draft, so that none shows a position.
      name: aText().map((text) => `${String(place)}: ${text}`),
      position: fc.constant(position),
      deadline_days: fc.integer({ min: 0, max: 90 }),
      win_probability: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ['name', 'position'] },
  );

/** Positions of one and two digits, with gaps, in no order: text sorts them wrongly. Some from 0. */
const somePositions = () =>
  fc
    .constantFrom(0, 1, 2)
    .chain((min) =>
      fc.uniqueArray(fc.integer({ min, max: min + 20 }), { minLength: 10, maxLength: 14 }),
    );

/** A flow with ten stages or more, which are named in another order than they stand in. */
export const aLongFlow = (): fc.Arbitrary<FlowDraft> =>
  fc.record({
    name: aText(),
    type: aType(),
    is_default: fc.boolean(),
    stages: somePositions().chain((positions) => fc.tuple(...positions.map(aStage))),
  });
