import {
  expectEventCreatedAt,
  expectEventData,
  expectEventId,
  expectEventType,
  expectJsonObject,
  expectPost,
} from '../../assertions/deliveries.ts';
import { defineDeliveryRule, type Rule } from '../../context/rule.ts';
import { sendExtraDelivery, sendPing } from '../../faults/deliveries.ts';

const deliveryMethod = defineDeliveryRule({
  id: 'ambient/delivery-method',
  level: 'MUST',
  verifies: ['LG-WEB-002'],
  sentence: 'Every request to an endpoint is a POST request.',
  inspect: ({ delivery }) => {
    expectPost(delivery);
    return true;
  },
  // A server that checks whether the endpoint exists.
  deliveryFault: sendExtraDelivery(() => ({ method: 'GET', body: new Uint8Array() })),
});

const deliveryJson = defineDeliveryRule({
  id: 'ambient/delivery-json',
  level: 'MUST',
  verifies: ['LG-WEB-003'],
  sentence:
    'The body of every request to an endpoint is a JSON object, declared as `application/json`.',
  inspect: ({ delivery }) => {
    // These have no body, and are checked by their method.
    if (['GET', 'HEAD'].includes(delivery.method) || delivery.tooLarge) return false;
    expectJsonObject(delivery);
    return true;
  },
  // A server that sends a second, truncated body.
  deliveryFault: sendExtraDelivery(() => ({ body: new TextEncoder().encode('[[[[') })),
});

const deliveryId = defineDeliveryRule({
  id: 'ambient/delivery-id',
  level: 'MUST',
  verifies: ['LG-WEB-004'],
  sentence: 'Every event, whatever its type, has an `id` that begins with `evt_`.',
  inspect: ({ delivery }) => {
    if (!delivery.event) return false;
    expectEventId(delivery);
    return true;
  },
  // A server whose pings have numbers as ids.
  deliveryFault: sendPing({ id: '1' }),
});

const deliveryType = defineDeliveryRule({
  id: 'ambient/delivery-type',
  level: 'MUST',
  verifies: ['LG-WEB-006'],
  sentence: 'Every event has a `type`.',
  inspect: ({ delivery }) => {
    if (!delivery.event) return false;
    expectEventType(delivery);
    return true;
  },
  // A server whose pings have no type.
  deliveryFault: sendPing({ type: undefined }),
});

const deliveryCreatedAt = defineDeliveryRule({
  id: 'ambient/delivery-created-at',
  level: 'MUST',
  verifies: ['LG-WEB-007'],
  sentence: 'Every event has a `created_at`, a timestamp in UTC.',
  inspect: ({ delivery }, { contract }) => {
    if (!delivery.event) return false;
    expectEventCreatedAt(contract, delivery);
    return true;
  },
  // A server whose pings have a timestamp in seconds.
  deliveryFault: sendPing({ created_at: 1_776_254_650 }),
});

const deliveryData = defineDeliveryRule({
  id: 'ambient/delivery-data',
  level: 'MUST',
  verifies: ['LG-WEB-009'],
  sentence: 'Every event has `data`, an object, and the `data` of a documented event has an `id`.',
  inspect: ({ delivery }, { contract }) => {
    if (!delivery.event) return false;
    expectEventData(contract, delivery);
    return true;
  },
  // A server whose pings have no data.
  deliveryFault: sendPing({ data: null }),
});

export default [
  deliveryMethod,
  deliveryJson,
  deliveryId,
  deliveryType,
  deliveryCreatedAt,
  deliveryData,
] satisfies readonly Rule[];
