import * as contacts from './contacts/handlers.ts';
import * as dossiers from './dossiers/handlers.ts';
import * as flows from './flows/handlers.ts';
import type { OperationHandlers } from './http/handler.ts';
import * as links from './links/handlers.ts';
import * as notes from './notes/handlers.ts';

/** The handlers by operation; a missing one, or one of the wrong type, doesn't compile. */
export const handlers: OperationHandlers = {
  ...dossiers,
  ...contacts,
  ...links,
  ...flows,
  ...notes,
};
