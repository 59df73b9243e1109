import { ok, type Handler } from '../http/handler.ts';
import { findContact, presentContact } from './rules.ts';

/** Answers one contact with the number of its dossiers (LG-CON-051 to LG-CON-054). */
export const getContact: Handler<'getContact'> = ({ params, organization }) =>
  ok({ data: presentContact(organization, findContact(organization, params.id)) });
