import type { Contract } from '../../openapi/contract.ts';
import type { operations } from '../../openapi/generated/control.ts';
import type { HandlerResult, RequestOf, SuccessOf } from '../http/handler.ts';
import { invalid, notFound } from '../http/refusals.ts';
import type { Services } from '../runtime/services.ts';
import type { Organization } from '../state/organization.ts';
import type { State } from '../state/state.ts';
import type { QueueLimits } from '../webhooks/queue.ts';
import type { ControlOperationId } from './contract.ts';

/** Everything that control handlers can reach. */
export interface ControlContext {
  readonly contract: Contract;
  readonly state: State;
  readonly services: Services;
  /** The operations of the control API that this server supports. */
  readonly capabilities: readonly string[];
  /** The maximum size of a webhook endpoint's queue. */
  readonly queueLimits: QueueLimits;
}

/** Performs one operation of the control API, synchronously and inside a transaction. */
export type ControlHandler<Id extends ControlOperationId> = (
  request: Pick<RequestOf<operations[Id]>, 'params' | 'body'> & ControlContext,
) => HandlerResult<SuccessOf<operations[Id]>> & AfterCommit;

/** Work that can't be undone; it runs once the changes are saved. */
export interface AfterCommit {
  readonly afterCommit?: () => void;
}

/** A response without a body. */
export const noContent: HandlerResult<undefined> = { body: undefined };

/** @throws Refusal not_found */
export const findOrganization = (
  { organizations }: State,
  { organization_id }: { readonly organization_id: string },
): Organization => {
  const organization = organizations.get(organization_id);
  if (!organization) throw notFound('Organization');
  return organization;
};

/**
 * Reads a timestamp into milliseconds since 1970; null for none.
 *
 * @throws Refusal invalid_body, which names the field
 */
export const readTimestamp = (name: string, text: string | null | undefined): number | null => {
  if (text === null || text === undefined) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw invalid(`${name} must be a timestamp, such as 2026-05-04T08:30:00Z.`);
  return time;
};
