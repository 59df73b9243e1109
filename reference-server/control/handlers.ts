import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusals.ts';
import { timestamp } from '../runtime/services.ts';
import { recordAdvance, recordReset } from '../state/state.ts';
import type { ControlOperationId } from './contract.ts';
import { type ControlHandler, noContent } from './handler.ts';
import {
  changePlan,
  createFlow,
  createKey,
  createMember,
  createOrganization,
  deleteOrganization,
  failNext,
  removeOrganization,
  setPoolWindow,
  setRateLimit,
} from './organizations.ts';
import { createWebhookEndpoint, listDeliveries, listWebhookEndpoints } from './webhooks.ts';

type ControlHandlers = { readonly [Id in ControlOperationId]: ControlHandler<Id> };

/** Lists the operations of the control API that this server supports. */
const getCapabilities: ControlHandler<'getCapabilities'> = ({ capabilities }) =>
  ok({ data: { operations: [...capabilities] } });

const getClock: ControlHandler<'getClock'> = ({ services }) =>
  ok({ data: { now: timestamp(services.clock.now()) } });

/** The limit of the clock: a year before timestamps need five digits for the year. */
const latestTime = Date.parse('9998-12-31T23:59:59Z');

/** Moves the clock forward; it keeps running, also in a server that later opens the same file. */
const moveClock: ControlHandler<'moveClock'> = (request) => {
  const { clock } = request.services;
  const milliseconds = request.body.advance_seconds * 1000;
  if (clock.now() + milliseconds > latestTime) {
    throw invalid('advance_seconds leads beyond the year 9998.');
  }
  recordAdvance(request.state, milliseconds);
  return {
    ...ok({ data: { now: timestamp(clock.now() + milliseconds) } }),
    // A clock can't be moved back, so it moves once the change is saved.
    afterCommit: () => {
      clock.advance(milliseconds);
    },
  };
};

/** Deletes all organisations; the clock shows the real time again. */
const reset: ControlHandler<'reset'> = ({ state, services }) => {
  for (const { id } of [...state.organizations.rows]) removeOrganization(state, id);
  recordReset(state);
  return {
    ...noContent,
    afterCommit: () => {
      services.clock.reset();
    },
  };
};

/** The handlers by operation; a missing one, or one of the wrong type, doesn't compile. */
export const controlHandlers: ControlHandlers = {
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
