import type { Fault } from '../../fault.ts';
import { figures } from './figures.ts';
import { limitHeaders } from './headers.ts';
import { windows } from './windows.ts';

export const limits: readonly Fault[] = [...windows, ...limitHeaders, ...figures];
