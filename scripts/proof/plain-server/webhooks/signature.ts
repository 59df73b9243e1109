import { createHmac } from 'node:crypto';
import type { Installation } from '../installation.ts';

/** Signs a body for an endpoint, at a moment in milliseconds. */
export const sign = (
  { takes }: Installation,
  secret: string,
  body: string,
  moment: number,
): string => {
  const t = String(Math.floor(moment / 1_000));
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  const parts = takes('LG-SIG-010', 2) ? [`v1=${v1}`, `t=${t}`] : [`t=${t}`, `v1=${v1}`];
  const further = createHmac('sha512', secret).update(body).digest('hex');
  return [...parts, ...(takes('LG-SIG-010', 1) ? [`v2=${further}`] : [])].join(',');
};
