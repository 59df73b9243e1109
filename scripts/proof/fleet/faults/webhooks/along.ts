import { sendAlong, sendPing, signedJson } from '../../bend/along.ts';
import type { Fault } from '../../fault.ts';

/** Right events, and beside each of them something that is none. */
export const along: readonly Fault[] = [
  sendAlong(
    'webhooks/visits-along',
    'LG-WEB-002',
    'looks by GET whether the endpoint is there, beside each event',
    (_, secret) => ({ method: 'GET', headers: signedJson(secret, '') }),
  ),
  sendAlong(
    'webhooks/bytes-along',
    'LG-WEB-003',
    'sends bytes that are no UTF-8 beside each event, rightly signed',
    (_, secret) => {
      const body = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendAlong(
    'webhooks/halves-along',
    'LG-WEB-003',
    'sends the first half of each event once more, rightly signed',
    ({ body: whole }, secret) => {
      const body = whole.slice(0, whole.length / 2);
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendAlong(
    'webhooks/brackets-along',
    'LG-WEB-003',
    'sends brackets as text/html beside each event, rightly signed',
    (_, secret) => {
      const body = '[[[[';
      return { body, headers: { ...signedJson(secret, body), 'content-type': 'text/html' } };
    },
  ),
  sendAlong(
    'webhooks/arrays-along',
    'LG-WEB-003',
    'sends each event once more in an array, rightly signed',
    ({ body: event }, secret) => {
      const body = `[${event}]`;
      return { body, headers: signedJson(secret, body) };
    },
  ),
  sendAlong(
    'webhooks/halves-later',
    'LG-WEB-003',
    'sends the first half of each event once more, a moment later',
    ({ body: whole }, secret) => {
      const body = whole.slice(0, whole.length / 2);
      return { body, headers: signedJson(secret, body) };
    },
    100,
  ),
  sendPing('webhooks/pings-with-numbers', 'LG-WEB-004', 'numbers its pings', {
    event: { id: '1' },
  }),
  sendPing('webhooks/pings-without-type', 'LG-WEB-006', 'sends pings without a type', {
    event: { type: undefined },
  }),
  sendPing('webhooks/pings-in-seconds', 'LG-WEB-007', 'dates its pings in seconds', {
    event: { created_at: 1_776_254_650 },
  }),
  sendPing('webhooks/pings-about-nothing', 'LG-WEB-009', 'sends pings with null as data', {
    event: { data: null },
  }),
  sendPing('webhooks/updates-of-nobody', 'LG-WEB-009', 'sends updates of no dossier', {
    event: { type: 'dossier.updated', data: { dossiers: 2 } },
  }),
];
