import type { FlowDraft } from '../flows/rules.ts';

/** The member that an organisation is created with. */
export const firstMemberName = 'Lotte Jansen';

/** The flows that an organisation is created with. */
export const defaultFlows: readonly FlowDraft[] = [
  {
    name: 'Recruitment Flow',
    type: 'candidate',
    is_default: true,
    stages: [
      { name: 'Sourced', deadline_days: 2, win_probability: 10, color: '#FF5C35' },
      { name: 'Screening', deadline_days: 4, win_probability: 25, color: '#F59E0B' },
      { name: 'Interview', deadline_days: 7, win_probability: 50, color: '#22C55E' },
      { name: 'Offer', deadline_days: 5, win_probability: 80, color: '#0EA5E9' },
      { name: 'Hired', win_probability: 100, color: '#6366F1' },
    ],
  },
  {
    name: 'Sales Flow',
    type: 'sales',
    is_default: true,
    stages: [
      { name: 'Lead', deadline_days: 3, win_probability: 14, color: '#FF5C35' },
      { name: 'Discovery', deadline_days: 5, win_probability: 29, color: '#22C55E' },
      { name: 'Proposal', deadline_days: 7, win_probability: 43, color: '#F59E0B' },
      { name: 'Negotiation', deadline_days: 10, win_probability: 67, color: '#0EA5E9' },
      { name: 'Contract', deadline_days: 5, win_probability: 86, color: '#8B5CF6' },
      { name: 'Closed', win_probability: 100, color: '#6366F1' },
    ],
  },
];
