import type { Fault } from '../../fault.ts';
import { lists } from './lists.ts';
import { stages } from './stages.ts';

export const flows: readonly Fault[] = [...lists, ...stages];
