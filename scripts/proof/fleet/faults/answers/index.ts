import type { Fault } from '../../fault.ts';
import { amounts } from './amounts.ts';
import { clocks } from './clocks.ts';
import { examples } from './examples.ts';
import { filters } from './filters.ts';
import { ids } from './ids.ts';
import { lengths } from './lengths.ts';
import { moments } from './moments.ts';
import { overlooked } from './overlooked.ts';
import { pages } from './pages.ts';
import { shapes } from './shapes.ts';
import { texts } from './texts.ts';
import { totals } from './totals.ts';

export const answers: readonly Fault[] = [
  ...shapes,
  ...moments,
  ...clocks,
  ...amounts,
  ...totals,
  ...pages,
  ...lengths,
  ...examples,
  ...filters,
  ...overlooked,
  ...texts,
  ...ids,
];
