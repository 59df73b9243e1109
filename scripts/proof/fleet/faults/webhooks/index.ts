import type { Fault } from '../../fault.ts';
import { archiving } from './archiving.ts';
import { causes } from './causes.ts';
import { changes } from './changes.ts';
import { shapes } from './shapes.ts';

export const webhooks: readonly Fault[] = [...shapes, ...changes, ...archiving, ...causes];
