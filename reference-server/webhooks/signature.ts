import { createHmac } from 'node:crypto';

/**
 * The value of X-LeadGrid-Signature for a body: `t=…,v1=…` (LG-SIG-001 to LG-SIG-010).
 *
 * @param secret - the endpoint's, as the text that it is shown as
 * @param now - the moment of the attempt, in milliseconds since 1970
 * @param body - the text exactly as it is sent
 */
export const sign = (secret: string, now: number, body: string): string => {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${signature}`;
};
