import type { Fault } from '../../fault.ts';
import { linking } from './linking.ts';
import { lists } from './lists.ts';
import { misreadings } from './misreadings.ts';
import { primaries } from './primaries.ts';
import { roles } from './roles.ts';
import { unlinking } from './unlinking.ts';

export const links: readonly Fault[] = [
  ...roles,
  ...misreadings,
  ...lists,
  ...linking,
  ...primaries,
  ...unlinking,
];
