import type { Fault } from '../../fault.ts';
import { fields } from './fields.ts';
import { lists } from './lists.ts';

export const notes: readonly Fault[] = [...lists, ...fields];
