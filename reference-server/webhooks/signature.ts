import { createHmac } from 'node:crypto';

/**
 * The value of X-LeadGrid-Signature for a body: `t=…,v1=…` (LG-SIG-001 to LG-SIG-010).
 *
 * @param secret - the endpoint's secret, as shown to the user
 * @param now - the time of the attempt, in milliseconds since 1970
 * @param body - the exact text that is sent
 */
export const sign = (secret: string, now: number, body: string): string => {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
};
