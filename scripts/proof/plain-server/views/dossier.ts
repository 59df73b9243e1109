import type { Body } from '../call.ts';
import { writeMoment } from '../moments.ts';
import type { Dossier } from '../records.ts';
import { enriched, only, sparse, without, withValue, type Shown, type View } from './members.ts';

/** What a dossier is shown as the answer to. */
export type Occasion = 'list' | 'create' | 'get' | 'change' | 'archive' | 'upload' | 'event';

/** Shows a dossier; `sent` is what a change named. */
export const showDossier = (
  view: View,
  dossier: Dossier,
  occasion: Occasion,
  sent: Body = {},
): Shown => {
  const { takes } = view.installation;
  const { id, status, cv_url } = dossier;
  if (occasion === 'archive' && takes('LG-DOS-018', 3)) return { id, status };
  if (occasion === 'upload' && takes('LG-DOS-018', 4)) return { id, cv_url };
  const excerpt = excerptFor(view, whole(view, dossier, occasion), occasion, sent);
  return enriched(view, sparse(view, excerpt));
};

const whole = ({ installation }: View, dossier: Dossier, occasion: Occasion): Shown => {
  const { takes } = installation;
  const kept = <Value>(value: Value): Value | null => (takes('LG-DOS-042', 2) ? null : value);
  const shown = {
    ...{ id: dossier.id, type: dossier.type, name: dossier.name },
    ...{ email: kept(dossier.email), phone: kept(dossier.phone) },
    ...{ company: dossier.company, role: kept(dossier.role) },
    ...{ contact_person: dossier.contact_person },
    ...{ deal_size: dossier.deal_size, deal_currency: dossier.deal_currency },
    ...{ status: dossier.status, flow_id: dossier.flow.id, current_stage_id: dossier.stage.id },
    ...{ assigned_to: dossier.assigned_to, intake_notes: dossier.intake_notes },
    cv_url: dossier.cv_url,
    created_at: writeMoment(installation, dossier.createdAt, occasion === 'create'),
  };
  return without(shown, [
    ...(takes('LG-DOS-004', 1) ? ['flow_id'] : []),
    ...(takes('LG-DOS-042', 1) ? ['email', 'phone', 'role', 'intake_notes'] : []),
    ...(takes('LG-CV-016', 1) && !['create', 'upload'].includes(occasion) ? ['cv_url'] : []),
  ]);
};

const excerptFor = (
  { installation }: View,
  shown: Shown,
  occasion: Occasion,
  sent: Body,
): Shown => {
  const { takes, freedoms } = installation;
  if (takes('LG-DOS-018', 5) || freedoms.asInExamples) {
    if (occasion in examples) return asInExample(shown, occasion);
    if (occasion === 'change') return only(shown, ['id', ...Object.keys(sent)]);
  }
  if (occasion === 'get' && takes('LG-DOS-017', 1)) return without(shown, ['status', 'created_at']);
  if (occasion === 'create' && takes('LG-DOS-018', 1)) return withValue(shown);
  const changed = ['id', ...Object.keys(sent)];
  return occasion === 'change' && takes('LG-DOS-018', 2) ? only(shown, changed) : shown;
};

/** The fields that the examples of the documentation show. */
const examples: Partial<Record<Occasion, readonly string[]>> = {
  create: ['id', 'type', 'name', 'cv_url', 'status', 'current_stage_id', 'created_at'],
  get: ['id', 'type', 'name', 'deal_size', 'current_stage_id'],
  archive: ['id', 'status'],
  upload: ['id', 'cv_url'],
  list: [
    ...['id', 'type', 'name', 'company', 'contact_person', 'deal_size', 'deal_currency', 'status'],
    ...['current_stage_id', 'assigned_to', 'created_at'],
  ],
};

const asInExample = (shown: Shown, occasion: Occasion): Shown => {
  const named = only(shown, examples[occasion] ?? []);
  return occasion === 'list' ? named : withValue(named);
};
