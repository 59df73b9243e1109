import type { Fault } from '../../fault.ts';
import { forms } from './forms.ts';
import { sizes } from './sizes.ts';
import { undoing } from './undoing.ts';
import { uploads } from './uploads.ts';

export const cv: readonly Fault[] = [...forms, ...undoing, ...uploads, ...sizes];
