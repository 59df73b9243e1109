import { ok } from '../http/handler.ts';
import { invalid } from '../http/refusal.ts';
import { timestamp } from '../services.ts';
import { done, type ControlHandler, type Installation } from './handler.ts';
import { removeOrganization } from './organizations.ts';

/** Names the operations of the control API that work here. */
export const getCapabilities: ControlHandler<'getCapabilities'> = ({ capabilities }) =>
  ok({ data: { operations: [...capabilities] } });

const sayTime = ({ services }: Installation) =>
  ok({ data: { now: timestamp(services.clock.now()) } });

export const getClock: ControlHandler<'getClock'> = (request) => sayTime(request);

/** A year before timestamps would need five digits for the year: the clock runs on from there. */
const endOfTime = Date.parse('9998-12-31T23:59:59Z');

/** Moves the clock forward; it keeps running. */
export const moveClock: ControlHandler<'moveClock'> = (request) => {
  const { clock } = request.services;
  const milliseconds = request.body.advance_seconds * 1000;
  if (clock.now() + milliseconds > endOfTime) {
    throw invalid('advance_seconds leads beyond the year 9998.');
  }
  clock.advance(milliseconds);
  return sayTime(request);
};

/** Forgets all organisations; the clock tells the real time again. */
export const reset: ControlHandler<'reset'> = ({ state, services }) => {
  for (const { id } of [...state.organizations.rows]) removeOrganization(state, id);
  services.clock.reset();
  return done;
};
