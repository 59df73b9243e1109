import * as contacts from './contacts/handlers.ts';
import * as dossiers from './dossiers/handlers.ts';
import * as flows from './flows/handlers.ts';
import type { OperationHandlers } from './http/handler.ts';
import * as links from './links/handlers.ts';
import * as notes from './notes/handlers.ts';

/** Which handler does which operation; an operation without a handler doesn't compile. */
export const handlers: OperationHandlers = {
  ...dossiers,
  ...contacts,
  ...links,
  ...flows,
  ...notes,
};
