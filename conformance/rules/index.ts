import type { Rule } from '../rule.ts';
import { ambient } from './ambient/index.ts';
import { authentication } from './authentication/index.ts';
import { scopes } from './scopes/index.ts';
import { plans } from './plans/index.ts';
import { limits } from './limits/index.ts';
import { isolation } from './isolation/index.ts';
import { errors } from './errors/index.ts';
import { requests } from './requests/index.ts';
import { pagination } from './pagination/index.ts';
import { dossiers } from './dossiers/index.ts';
import { cv } from './cv/index.ts';
import { flows } from './flows/index.ts';

/** Every rule of the suite, in the order in which a run tells of them. */
export const rules: readonly Rule[] = [
  ...ambient,
  ...authentication,
  ...scopes,
  ...plans,
  ...limits,
  ...isolation,
  ...errors,
  ...requests,
  ...pagination,
  ...dossiers,
  ...cv,
  ...flows,
];
