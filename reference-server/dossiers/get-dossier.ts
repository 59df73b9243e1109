import { ok, type Handler } from '../http/handler.ts';
import { findDossier } from './rules.ts';

/** Answers one dossier, archived or not (LG-DOS-065, LG-DOS-018). */
export const getDossier: Handler<'getDossier'> = ({ params, organization }) =>
  ok({ data: findDossier(organization, params.id) });
