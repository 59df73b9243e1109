import type { OperationId } from '../../openapi/contract.ts';
import type { Dossier, NewDossier } from '../contract/resources.ts';
import { Breakdown } from '../errors.ts';
import {
  type Client,
  type ClientOptions,
  createClientFor,
  type RawRequest,
} from '../http/client.ts';
import type { FlowDraft, TargetOrganization } from '../targets/target.ts';
import type { OpenInbox } from '../webhooks/endpoints.ts';
import { dataOf, type Page, walkPages } from './answers.ts';
import type { Expectations } from './expectations.ts';
import { prepareRequest } from './requests.ts';

export interface ClientWish {
  readonly scopes?: readonly string[];
  readonly expired?: true;
  /** Seconds from now; only with the capability `expiring-keys`. */
  readonly expiresIn?: number;
}

/** An organisation of the target, in the words of the rules. */
export interface Organization {
  readonly members: readonly string[];
  /** A client with a key of this organisation; with every scope unless told otherwise. */
  readonly client: (wish?: ClientWish) => Promise<Client>;
  /** The client with every scope. */
  readonly all: Client;
  readonly key: (wish?: ClientWish) => Promise<string>;
  /** Only with the capability `more-members`; gives the id. */
  readonly createMember: TargetOrganization['createMember'];
  readonly createFlow: (draft: FlowDraft) => Promise<{ readonly id: string }>;
  /** A limit that is known, may be used up, and can't be set. */
  readonly rateLimit: TargetOrganization['rateLimit'];
  /** Only with the capability `rate-limit`. */
  readonly setRateLimit: TargetOrganization['setRateLimit'];
  /** Only with the capability `talent-pool`. */
  readonly setPoolWindow: TargetOrganization['setPoolWindow'];
  /** Only with the capability `plan-change`. */
  readonly changePlan: TargetOrganization['changePlan'];
  /** Only with the capability `faults`. */
  readonly failNext: TargetOrganization['failNext'];
  /**
   * Only with the capability `webhooks`: opens an endpoint for its events. Only with the capability
   * `own-endpoints` may it be a second one, or answer anything but success.
   */
  readonly inbox: OpenInbox;
  /** Creates a dossier and expects that to succeed. */
  readonly createDossier: (draft: NewDossier) => Promise<Dossier>;
  /** Creates one after the other, in the order given. */
  readonly createDossiers: (drafts: readonly NewDossier[]) => Promise<Dossier[]>;
  /** All pages of a list, in order. */
  readonly walk: (
    operation: OperationId,
    query: Readonly<Record<string, string>>,
  ) => Promise<Page[]>;
  /** A request for the operation that must succeed here. */
  readonly prepare: (operation: OperationId) => Promise<RawRequest>;
}

/** Gives a target's organisation the words that rules use. */
export const createOrganization = async (
  wire: ClientOptions,
  {
    members,
    key,
    createMember,
    createFlow,
    rateLimit,
    setRateLimit,
    setPoolWindow,
    changePlan,
    failNext,
  }: TargetOrganization,
  expect: Expectations,
  inbox: OpenInbox,
): Promise<Organization> => {
  const client = async (wish: ClientWish = {}) => createClientFor(wire, await key(wish));
  const all = await client();
  const createDossier = async (draft: NewDossier): Promise<Dossier> => {
    const exchange = await all.call((api) => api.POST('/dossiers', { body: draft }));
    expect.success(exchange);
    return dataOf(exchange.json) as Dossier;
  };
  return {
    members,
    client,
    all,
    key: (wish = {}) => key(wish),
    createMember,
    createFlow,
    rateLimit,
    setRateLimit,
    setPoolWindow: asRuleError(setPoolWindow),
    changePlan,
    failNext,
    inbox,
    createDossier,
    createDossiers: async (drafts) => {
      const made: Dossier[] = [];
      for (const draft of drafts) made.push(await createDossier(draft));
      return made;
    },
    walk: (operation, query) => walkPages(all, operation, query, expect),
    prepare: (operation) =>
      prepareRequest(operation, { contract: wire.contract, client: all, expect }),
  };
};

/**
 * Sets something of a thing by the id that the API gave it. An odd id may be why the setting is
 * refused: then it's no matter of the way there, and the answer that gave the id is judged.
 */
const asRuleError =
  (set: TargetOrganization['setPoolWindow']): TargetOrganization['setPoolWindow'] =>
  async (...setting) => {
    try {
      await set(...setting);
    } catch (thrown) {
      throw thrown instanceof Breakdown ? new Error(thrown.message) : thrown;
    }
  };
