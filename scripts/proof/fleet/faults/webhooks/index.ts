import type { Fault } from '../../fault.ts';
import { along } from './along.ts';
import { archiving } from './archiving.ts';
import { causes } from './causes.ts';
import { changes } from './changes.ts';
import { closed } from './closed.ts';
import { shapes } from './shapes.ts';
import { undone } from './undone.ts';
import { values } from './values.ts';

export const webhooks: readonly Fault[] = [
  ...shapes,
  ...changes,
  ...values,
  ...closed,
  ...archiving,
  ...causes,
  ...undone,
  ...along,
];
