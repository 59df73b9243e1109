import { misuse } from '../breakdown.ts';
import { checkFlows, type FlowCheck } from '../doctor/flows.ts';

/**
 * Sees to it that dossiers of every type can be created in the organisations of the keys. Rules
 * take that for granted, so they would accuse a target that is right to refuse it.
 *
 * @throws Breakdown when a type of dossier has no default flow there
 */
export const requireDefaultFlows = async (check: FlowCheck): Promise<void> => {
  const findings = await checkFlows({
    ...check,
    // Somebody answered just now, so silence on this operation is for the rules to judge.
    probe: (path, key) => check.probe(path, key).catch(() => undefined),
  });
  const wrong = findings.find(({ mark }) => mark === 'wrong');
  if (wrong) throw misuse(`${wrong.text} ${wrong.next ?? ''}`);
};
