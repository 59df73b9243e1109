import type { Fault } from '../../fault.ts';
import { along } from './along.ts';
import { bytes } from './bytes.ts';
import { digest } from './digest.ts';
import { header } from './header.ts';
import { moments } from './moments.ts';

export const signatures: readonly Fault[] = [...header, ...digest, ...bytes, ...moments, ...along];
