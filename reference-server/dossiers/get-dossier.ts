import { ok, type Handler } from '../http/handler.ts';
import { notFound } from '../http/refusal.ts';

/** Answers one dossier, archived or not (LG-DOS-065, LG-DOS-018). */
export const getDossier: Handler<'getDossier'> = ({ params, organization }) => {
  const dossier = organization.dossiers.get(params.id);
  if (!dossier) throw notFound('Dossier');
  return ok({ data: dossier });
};
