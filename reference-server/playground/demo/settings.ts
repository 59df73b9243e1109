import type { Contract } from '../../../openapi/contract.ts';
import type { operations } from '../../../openapi/generated/control.ts';
import type { ControlOperationId } from '../../control/contract.ts';
import type { ControlHandler } from '../../control/handler.ts';
import { controlHandlers } from '../../control/handlers.ts';
import type { RequestOf, SuccessOf } from '../../http/handler.ts';
import type { Services } from '../../services.ts';
import type { State } from '../../state/state.ts';

/** What the demo data is put into. */
export interface Ground {
  readonly contract: Contract;
  readonly state: State;
  readonly services: Services;
}

/** Performs an operation of the control API, by its handler. */
export type Settle = <Id extends ControlOperationId>(
  id: Id,
  input: Partial<Pick<RequestOf<operations[Id]>, 'params' | 'body'>>,
) => SuccessOf<operations[Id]>;

export const createSettle =
  (ground: Ground): Settle =>
  <Id extends ControlOperationId>(
    id: Id,
    input: Partial<Pick<RequestOf<operations[Id]>, 'params' | 'body'>>,
  ) => {
    const handler: ControlHandler<Id> = controlHandlers[id];
    const request = { ...input, ...ground, capabilities: [] };
    return handler(request as unknown as Parameters<ControlHandler<Id>>[0]).body;
  };
