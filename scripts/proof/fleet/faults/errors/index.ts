import type { Fault } from '../../fault.ts';
import { bodies } from './bodies.ts';
import { crashes } from './crashes.ts';
import { inside } from './inside.ts';
import { invalidBodies } from './invalid.ts';
import { statuses } from './statuses.ts';
import { unknownIds } from './unknown.ts';

export const errors: readonly Fault[] = [
  ...bodies,
  ...statuses,
  ...invalidBodies,
  ...unknownIds,
  ...inside,
  ...crashes,
];
