import type { Fault } from '../../fault.ts';
import { fields } from './fields.ts';
import { lists } from './lists.ts';
import { order } from './order.ts';

export const notes: readonly Fault[] = [...lists, ...order, ...fields];
