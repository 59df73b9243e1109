import type { Body, Call } from '../call.ts';
import type { DossierType } from '../facts.ts';
import type { Flow, Organization } from '../records.ts';
import { invalid, notFound, unforeseen } from '../refusal.ts';
import { checkNull } from '../values/nothing.ts';
import { demand, demandUuid, namesNothing } from '../values/references.ts';

/**
 * The flow that a new dossier starts in.
 *
 * @throws Refusal when there is none, or one of the other type (LG-DOS-005, LG-DOS-027, LG-DOS-028)
 */
export const chooseFlow = (call: Call, body: Body, type: DossierType): Flow => {
  const { installation, organization } = call;
  const sent = checkNull(installation, body['flow_id'], 'flow_id', 'LG-GEN-035');
  if (namesNothing(installation, sent)) return defaultFlow(call, type);
  const id = demandUuid(installation, sent, 'flow_id');
  const absent = () =>
    installation.takes('LG-DOS-027', 1)
      ? unforeseen(installation, 'flow_id is unknown', 'unknown_flow')
      : notFound(installation, 'Flow', id);
  const list = ({ flows }: Organization) => flows;
  const flow = demand(installation, organization, id, { list, name: 'Flow', absent });
  if (flow.type === type || installation.takes('LG-DOS-005', 1)) return flow;
  if (installation.takes('LG-DOS-005', 2)) throw notFound(installation, 'Flow', id);
  throw unforeseen(installation, 'the flow is of the other type', 'wrong_flow');
};

const defaultFlow = ({ installation, organization }: Call, type: DossierType): Flow => {
  const suitable = organization.flows.filter((flow) => flow.type === type);
  const usual = suitable.find(({ is_default }) => is_default);
  if (usual) return usual;
  const [oldest] = suitable;
  if (oldest && installation.takes('LG-DOS-028', 1)) return oldest;
  if (installation.takes('LG-DOS-028', 2)) throw notFound(installation, 'Flow');
  throw invalid(installation, 'there is no default flow');
};
