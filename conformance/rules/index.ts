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
import { changes } from './changes/index.ts';
import { archiving } from './archiving/index.ts';
import { contacts } from './contacts/index.ts';
import { links } from './links/index.ts';
import { flows } from './flows/index.ts';
import { notes } from './notes/index.ts';
import { webhooks } from './webhooks/index.ts';
import { sequences } from './sequences/index.ts';
import { concurrency } from './concurrency/index.ts';

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
  ...changes,
  ...archiving,
  ...contacts,
  ...links,
  ...flows,
  ...notes,
  ...webhooks,
  ...sequences,
  ...concurrency,
];
