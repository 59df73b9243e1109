/** Facts of the API, stated here once more, as any implementation that knows nothing of ours would. */
export const scopes = [
  'dossiers:read',
  'dossiers:write',
  'contacts:read',
  'contacts:write',
  'flows:read',
  'notes:read',
  'notes:write',
] as const;
export type Scope = (typeof scopes)[number];

export const kinds = ['candidate', 'prospect', 'client', 'supplier', 'partner'] as const;
export type Kind = (typeof kinds)[number];

export const roles = [
  'primary',
  'hiring_manager',
  'decision_maker',
  'champion',
  'gatekeeper',
  'introducer',
  'other',
] as const;
export type Role = (typeof roles)[number];

export const types = ['candidate', 'sales'] as const;
export type DossierType = (typeof types)[number];

export const statuses = ['active', 'won', 'lost', 'archived'] as const;
export type Status = (typeof statuses)[number];

export const pools = ['in_pool', 'expired'] as const;

export type Plan = 'free' | 'pro' | 'growth';

export const usualPageSize = 25;
export const maximumPageSize = 100;

/** Bytes of a CV, read generously and read strictly. */
export const cvLimit = { mebi: 10_485_760, mega: 10_000_000 } as const;

export const salesOnly = ['contact_person', 'deal_size', 'deal_currency'] as const;

export const keyPrefix = 'lg_live_';
