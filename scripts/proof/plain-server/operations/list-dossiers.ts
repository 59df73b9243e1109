import type { Call, Operation } from '../call.ts';
import { statuses, types } from '../facts.ts';
import { isUuid } from '../ids.ts';
import { inOrder } from '../lists/orders.ts';
import { page } from '../lists/pages.ts';
import { emptyFilter, readFilter, valuesOf, type Test } from '../lists/parameters.ts';
import type { Dossier, Organization } from '../records.ts';
import { invalid, notFound, unforeseen } from '../refusal.ts';
import { demand, sameId } from '../values/references.ts';
import { showDossier } from '../views/dossier.ts';

export const listDossiers: Operation = (call) => {
  const { installation, listed, query } = call;
  const type = readFilter(installation, query, 'type', types);
  const status = readFilter(installation, query, 'status', statuses);
  const stages = valuesOf(installation, query, 'stage_id').map((id) => readStage(call, id));
  const passes = (dossier: Dossier): boolean =>
    type(dossier.type) &&
    status(dossier.status) &&
    shownUnasked(call, dossier) &&
    (stages.length === 0 || stages.some((test) => test(dossier.stage.id)));
  const items = inOrder(installation, 'LG-DOS-014', listed.dossiers).filter(passes);
  return page(call, items, (dossier) => showDossier(call, dossier, 'list'));
};

/** Whether a list that names no status shows a dossier (LG-DOS-015). */
const shownUnasked = ({ installation, query }: Call, { status }: Dossier): boolean =>
  query.has('status') || !installation.takes('LG-DOS-015', 1) || status !== 'archived';

const readStage = ({ installation, organization }: Call, id: string): Test => {
  const { choice } = installation;
  const malformed = () => invalid(installation, 'stage_id is no uuid');
  if (id === '') return emptyFilter(installation, malformed);
  if (!isUuid(id)) {
    if (choice('LG-GEN-049') === 1) throw notFound(installation, 'Stage', id);
    if (choice('LG-GEN-049') === 2) return () => false;
    throw malformed();
  }
  if (choice('LG-DOS-010') === 0) return (stage) => sameId(stage, id);
  const absent = () =>
    choice('LG-DOS-010') === 1
      ? notFound(installation, 'Stage', id)
      : unforeseen(installation, 'stage_id is unknown', 'unknown_stage');
  const list = ({ flows }: Organization) => flows.flatMap(({ stages }) => stages);
  const { id: known } = demand(installation, organization, id, { list, name: 'Stage', absent });
  return (stage) => stage === known;
};
