import type { FlowDraft } from '../targets/target.ts';

/** So many unremarkable flows, where only their number matters; types in turn unless one is given. */
export const plainFlows = (count: number, type?: string): FlowDraft[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `Flow ${String(index + 1)}`,
    type: type ?? (index % 2 === 0 ? 'candidate' : 'sales'),
    stages: [{ name: 'First' }, { name: 'Second' }],
  }));
