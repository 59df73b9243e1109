import { createHmac } from 'node:crypto';
import { sendAlong, sendPing } from '../../bend/along.ts';
import type { Fault } from '../../fault.ts';

/** Events that are rightly signed, and beside each of them a request that isn't. */
export const along: readonly Fault[] = [
  sendAlong(
    'signatures/nothing-along',
    'LG-SIG-001',
    'sends an empty body without a signature beside each event',
    () => ({ headers: { 'content-type': 'application/json' } }),
  ),
  sendPing('signatures/pings-unsigned', 'LG-SIG-001', 'sends pings without a signature', {
    head: () => undefined,
  }),
  sendPing('signatures/pings-versioned', 'LG-SIG-002', 'names the parts of pings otherwise', {
    head: (t, v1) => `t=${t},sha256=${v1}`,
  }),
  sendPing('signatures/pings-body-alone', 'LG-SIG-003', 'signs pings without the timestamp', {
    sign: (secret, text) =>
      createHmac('sha256', secret)
        .update(text.slice(text.indexOf('.') + 1))
        .digest('hex'),
  }),
  sendPing('signatures/pings-of-others', 'LG-SIG-004', 'signs pings with another secret', {
    sign: (_, text) => createHmac('sha256', 'whsec_of_somebody_else').update(text).digest('hex'),
  }),
  sendPing('signatures/pings-in-capitals', 'LG-SIG-005', 'signs pings in capitals', {
    head: (t, v1) => `t=${t},v1=${v1.toUpperCase()}`,
  }),
  sendPing('signatures/pings-in-milliseconds', 'LG-SIG-008', 'signs pings in milliseconds', {
    sign: (secret, text) =>
      createHmac('sha256', secret).update(text.replace('.', '000.')).digest('hex'),
    head: (t, v1) => `t=${t}000,v1=${v1}`,
  }),
];
