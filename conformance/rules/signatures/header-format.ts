import {
  expectSignatureHeader,
  expectSignatureHex,
  expectSignatureParts,
  expectSignatureSeconds,
  requireSignatureParts,
} from '../../assertions/deliveries.ts';
import { receiveEveryEvent } from '../../assertions/events.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { onDelivery, onHeader } from '../../faults/deliveries.ts';

const signatureHeader = defineRule({
  id: 'webhooks/signature-header',
  level: 'MUST',
  verifies: ['LG-SIG-001'],
  sentence: 'Each delivery has the signature header.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) expectSignatureHeader(context.contract, delivery);
  },
  deliveryFault: onDelivery(({ headers, ...delivery }) => {
    const { 'x-leadgrid-signature': signature = '', ...others } = headers;
    return [{ ...delivery, headers: { ...others, 'x-hub-signature': signature } }];
  }),
});

const signatureParts = defineRule({
  id: 'webhooks/signature-parts',
  level: 'MUST',
  verifies: ['LG-SIG-002'],
  sentence:
    'The signature header consists of name=value parts, including `t` and `v1`, without white space.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) expectSignatureParts(context.contract, delivery);
  },
  deliveryFault: onHeader('x-leadgrid-signature', (header) => header.replaceAll(',', ', ')),
});

const signatureTwoParts = defineRule({
  id: 'webhooks/signature-two-parts',
  level: 'SHOULD',
  verifies: ['LG-SIG-010'],
  sentence: 'The signature header has the parts `t` and `v1`, in this order, and no others.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) {
      const { names } = requireSignatureParts(context, delivery);
      expectEqual(names, ['t', 'v1'], 'the parts');
    }
  },
  deliveryFault: onHeader('x-leadgrid-signature', (header) => `${header},v0=6ffbb59b`),
});

const signatureHex = defineRule({
  id: 'webhooks/signature-hex',
  level: 'MUST',
  verifies: ['LG-SIG-005'],
  sentence: 'The signature is written as 64 lower-case hexadecimal digits.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) expectSignatureHex(context.contract, delivery);
  },
  deliveryFault: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/v1=(\w+)/, (_, digits: string) => `v1=${digits.toUpperCase()}`),
  ),
});

const signatureSeconds = defineRule({
  id: 'webhooks/signature-seconds',
  level: 'MUST',
  verifies: ['LG-SIG-008'],
  sentence: 'The timestamp of a signature is a number of whole seconds since 1970.',
  needs: ['webhooks'],
  check: async (context) => {
    const { deliveries } = await receiveEveryEvent(context);
    for (const delivery of deliveries) expectSignatureSeconds(context.contract, delivery);
  },
  // A server that sends milliseconds.
  deliveryFault: onHeader('x-leadgrid-signature', (header) =>
    header.replace(/t=(\d+)/, (part) => `${part}000`),
  ),
});

export default [
  signatureHeader,
  signatureParts,
  signatureTwoParts,
  signatureHex,
  signatureSeconds,
] satisfies readonly Rule[];
