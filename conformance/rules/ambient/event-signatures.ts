import {
  expectSignatureHeader,
  expectSignatureHex,
  expectSignatureParts,
  expectSignatureSeconds,
  expectValidSignature,
} from '../../assertions/deliveries.ts';
import { defineDeliveryRule, type Rule } from '../../context/rule.ts';
import { sendExtraDelivery, sendExtraSigned } from '../../faults/deliveries.ts';
import { readSignature, signatureOf } from '../../webhooks/signature.ts';

const deliverySignatureHeader = defineDeliveryRule({
  id: 'ambient/delivery-signature-header',
  level: 'MUST',
  verifies: ['LG-SIG-001'],
  sentence: 'Every request to an endpoint has the signature header.',
  inspect: ({ delivery }, { contract }) => {
    expectSignatureHeader(contract, delivery);
    return true;
  },
  // A server that sends additional unsigned requests.
  deliveryFault: sendExtraDelivery(({ headers: { 'x-leadgrid-signature': _, ...headers } }) => ({
    headers,
  })),
});

const deliverySignatureParts = defineDeliveryRule({
  id: 'ambient/delivery-signature-parts',
  level: 'MUST',
  verifies: ['LG-SIG-002'],
  sentence: 'Every signature header consists of name=value parts, including `t` and `v1`.',
  inspect: ({ delivery }, { contract }) => {
    // If there is none, another rule reports it.
    if (!signatureOf({ contract }, delivery)) return false;
    expectSignatureParts(contract, delivery);
    return true;
  },
  // A server that sends additional requests with other names of the parts.
  deliveryFault: sendExtraSigned((header) => header.replace('v1=', 'sha256=')),
});

const deliverySignatureSeconds = defineDeliveryRule({
  id: 'ambient/delivery-signature-seconds',
  level: 'MUST',
  verifies: ['LG-SIG-008'],
  sentence: 'The timestamp of every signature is a number of whole seconds since 1970.',
  inspect: ({ delivery }, { contract }) => {
    // If it can't be read, another rule reports it.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectSignatureSeconds(contract, delivery);
    return true;
  },
  // A server that sends additional requests with milliseconds.
  deliveryFault: sendExtraSigned((header) => header.replace(/t=\d+/, (part) => `${part}000`)),
});

const deliverySignatureHex = defineDeliveryRule({
  id: 'ambient/delivery-signature-hex',
  level: 'MUST',
  verifies: ['LG-SIG-005'],
  sentence: 'Every signature is written as 64 lower-case hexadecimal digits.',
  inspect: ({ delivery }, { contract }) => {
    // If it can't be read, another rule reports it.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectSignatureHex(contract, delivery);
    return true;
  },
  // A server that sends additional requests with upper-case digits.
  deliveryFault: sendExtraSigned((header) =>
    header.replace(/v1=.*/, (part) => `v1=${part.slice(3).toUpperCase()}`),
  ),
});

const deliverySignature = defineDeliveryRule({
  id: 'ambient/delivery-signature',
  level: 'MUST',
  verifies: ['LG-SIG-003', 'LG-SIG-004'],
  sentence:
    'Every request to an endpoint is signed with the secret of that endpoint, over timestamp and body.',
  inspect: ({ delivery, secret }, { contract }) => {
    if (delivery.tooLarge) return false;
    // If it can't be read, another rule reports it.
    if (!readSignature(signatureOf({ contract }, delivery) ?? '')) return false;
    expectValidSignature({ contract }, delivery, secret);
    return true;
  },
  // A server that signs additional requests with another secret.
  deliveryFault: sendExtraSigned((header) => header.replace(/v1=.*/, `v1=${'0'.repeat(64)}`)),
});

export default [
  deliverySignatureHeader,
  deliverySignatureParts,
  deliverySignatureSeconds,
  deliverySignatureHex,
  deliverySignature,
] satisfies readonly Rule[];
