import type { Fault } from '../../fault.ts';
import { lists } from './lists.ts';
import { order } from './order.ts';
import { stages } from './stages.ts';

export const flows: readonly Fault[] = [...lists, ...stages, ...order];
