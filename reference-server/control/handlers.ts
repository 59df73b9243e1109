import type { ControlOperationId } from './contract.ts';
import type { ControlHandler } from './handler.ts';
import { getCapabilities, getClock, moveClock, reset } from './installation.ts';
import { createOrganization, deleteOrganization } from './organizations.ts';
import { createFlow, createKey, createMember, setRateLimit } from './settings.ts';

/** What this server answers 404 to, and leaves out of its capabilities. */
type NotServedYet = 'createWebhookEndpoint' | 'listDeliveries' | 'setPoolWindow' | 'failNext';

type Handlers = {
  readonly [Id in Exclude<ControlOperationId, NotServedYet>]: ControlHandler<Id>;
};

/** Who serves which operation; a missing or misshapen handler doesn't compile. */
export const controlHandlers = {
  getCapabilities,
  createOrganization,
  deleteOrganization,
  createKey,
  createMember,
  createFlow,
  setRateLimit,
  getClock,
  moveClock,
  reset,
} satisfies Handlers;
