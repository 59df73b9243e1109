import type { Fault } from '../fault.ts';
import { answers } from './answers/index.ts';
import { authentication } from './authentication/index.ts';
import { contacts } from './contacts/index.ts';
import { cv } from './cv/index.ts';
import { dossiers } from './dossiers/index.ts';
import { errors } from './errors/index.ts';
import { flows } from './flows/index.ts';
import { limits } from './limits/index.ts';
import { links } from './links/index.ts';
import { notes } from './notes/index.ts';
import { plans } from './plans/index.ts';
import { signatures } from './signatures/index.ts';
import { webhooks } from './webhooks/index.ts';

/** All faulty servers, each with one fault. */
export const faults: readonly Fault[] = [
  ...answers,
  ...authentication,
  ...plans,
  ...limits,
  ...errors,
  ...dossiers,
  ...cv,
  ...contacts,
  ...links,
  ...flows,
  ...notes,
  ...webhooks,
  ...signatures,
];
