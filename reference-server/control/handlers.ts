import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusals.ts';
import { timestamp } from '../runtime/services.ts';
import { noteAdvance, noteReset } from '../state/state.ts';
import type { ControlOperationId } from './contract.ts';
import { type ControlHandler, done } from './handler.ts';
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

/** Names the operations of the control API that work here. */
const getCapabilities: ControlHandler<'getCapabilities'> = ({ capabilities }) =>
  ok({ data: { operations: [...capabilities] } });

const getClock: ControlHandler<'getClock'> = ({ services }) =>
  ok({ data: { now: timestamp(services.clock.now()) } });

/** A year before timestamps would need five digits for the year: the clock runs on from there. */
const endOfTime = Date.parse('9998-12-31T23:59:59Z');

/** Moves the clock forward; it keeps running, also in a server that goes on from the same file. */
const moveClock: ControlHandler<'moveClock'> = (request) => {
  const { clock } = request.services;
  const milliseconds = request.body.advance_seconds * 1000;
  if (clock.now() + milliseconds > endOfTime) {
    throw invalid('advance_seconds leads beyond the year 9998.');
  }
  noteAdvance(request.state, milliseconds);
  return {
    ...ok({ data: { now: timestamp(clock.now() + milliseconds) } }),
    // A clock can't be taken back, so it isn't moved before that is kept.
    afterwards: () => {
      clock.advance(milliseconds);
    },
  };
};

/** Forgets all organisations; the clock tells the real time again. */
const reset: ControlHandler<'reset'> = ({ state, services }) => {
  for (const { id } of [...state.organizations.rows]) removeOrganization(state, id);
  noteReset(state);
  return {
    ...done,
    afterwards: () => {
      services.clock.reset();
    },
  };
};

/** Who serves which operation; a missing or misshapen handler doesn't compile. */
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
