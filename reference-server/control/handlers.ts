import type { ControlOperationId } from './contract.ts';
import type { ControlHandler } from './handler.ts';
import { getCapabilities, getClock, moveClock, reset } from './installation.ts';
import { changePlan, createOrganization, deleteOrganization } from './organizations.ts';
import { failNext, setPoolWindow } from './faults.ts';
import { createFlow, createKey, createMember, setRateLimit } from './settings.ts';
import { createWebhookEndpoint, listDeliveries, listWebhookEndpoints } from './webhooks.ts';

type Handlers = { readonly [Id in ControlOperationId]: ControlHandler<Id> };

/** Who serves which operation; a missing or misshapen handler doesn't compile. */
export const controlHandlers: Handlers = {
  getCapabilities,
  createOrganization,
  deleteOrganization,
  changePlan,
  createKey,
  createMember,
  createFlow,
  createWebhookEndpoint,
  listWebhookEndpoints,
  listDeliveries,
  setRateLimit,
  setPoolWindow,
  failNext,
  getClock,
  moveClock,
  reset,
};
