import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';

/**
 * What this server does where the documentation is silent. All of it is lawful. By default the server
 * decides like the register.
 */
export interface Variations {
  /** Takes these alternatives of decisions; the first one is 1. */
  readonly alternatives?: Partial<Record<RequirementId, number>>;
  /** The form of ids of dossiers and notes, which are documented as strings. */
  readonly ids?: IdForm;
  /** The language of messages. */
  readonly language?: 'en' | 'nl';
  /** Ends each message with a request id. */
  readonly requestIdInMessage?: boolean;
  /** Repeats an id that doesn't exist in the message, as sent or in upper case. */
  readonly echoIds?: 'as-sent' | 'upper-case';
  /** Adds headers, including cookies, to every response. */
  readonly extraHeaders?: boolean;
  /** Compresses responses for clients that accept it. */
  readonly gzip?: boolean;
  /** Sends responses in chunks, without a length. */
  readonly chunked?: boolean;
  /** Indents the JSON of responses. */
  readonly pretty?: boolean;
  /** Adds `error: null` next to `data`, and `data: null` next to `error`. */
  readonly envelope?: boolean;
  /** Adds a field to records that differs in every response. */
  readonly volatileMember?: boolean;
  /** Adds a field to records that differs by API key. */
  readonly memberByKey?: boolean;
  /** How late responses are, in milliseconds: minimum and maximum. */
  readonly delay?: readonly [number, number];
  /** The order in which a request is checked. */
  readonly checks?: CheckOrder;
  /** The default rate limit of an organisation. */
  readonly limit?: RateLimit;
  /** How the rate limit is restored. */
  readonly window?: 'fixed' | 'aligned' | 'sliding' | 'bucket';
  /** What operations cost, by operationId; `*` is any other. */
  readonly costs?: Readonly<Record<string, number>>;
  /** A second limit, for bursts. */
  readonly burst?: RateLimit;
  /** A rate limit for requests without access. */
  readonly unauthorizedLimit?: RateLimit;
  /** Closes each connection after its response, or after this many idle milliseconds. */
  readonly keepAlive?: 'off' | number;
  /** Closes a connection after this many requests. */
  readonly requestsPerConnection?: number;
  /** How many milliseconds the server's clock is ahead; negative when it is behind. */
  readonly clockShift?: number;
  /** Sends `100 Continue` before a body is read. */
  readonly continue100?: boolean;
  /** Sends `103 Early Hints` before each response. */
  readonly earlyHints?: boolean;
  /** Refuses a larger body by its `Content-Length`, before it is read. */
  readonly earlyRefusal?: EarlyRefusal;
  /**
   * A regular expression for e-mail addresses, if these are checked strictly (LG-CON-037,
   * LG-DOS-050).
   */
  readonly strictEmail?: string;
  /** The maximum length of a string, if there is one (LG-GEN-042). */
  readonly textLimit?: number;
  /** The maximum size of a JSON body in bytes, if it differs (LG-GEN-043). */
  readonly bodyLimit?: number;
  /** If one of several values counts, it is the last, not the first. */
  readonly lastValueCounts?: boolean;
  /** Responses have exactly the fields of the documented examples. */
  readonly asInExamples?: boolean;
  /** The order of lists, if it isn't newest first (LG-DOS-014, LG-CON-021). */
  readonly order?: 'oldest-first' | 'id' | 'changed';
  /** Puts new contacts in the talent pool for this many milliseconds. */
  readonly poolsNewContacts?: number;
  /** How late the search shows changes, in milliseconds (LG-GEN-053). */
  readonly searchLag?: number;
  /** How late lists and counts show changes, in milliseconds (LG-GEN-053). */
  readonly listLag?: number;
  /** Only some reads lag, like those of a replica. */
  readonly replicas?: boolean;
  /** Has no control API, only an organisation with fixed API keys. */
  readonly static?: StaticSetting;
  /** How events are sent. */
  readonly deliveries?: DeliveryVariations;
}

export type IdForm = 'uuid' | 'number' | 'ulid' | 'nanoid' | 'mongo' | 'prefixed';

export type CheckOrder =
  'decided' | 'path-first' | 'body-first' | 'scope-before-plan' | 'body-before-scope' | 'rate-last';

export interface RateLimit {
  readonly requests: number;
  readonly window_seconds: number;
}

export interface EarlyRefusal {
  readonly above: number;
  /** What happens to the connection then. */
  readonly connection: 'left-to-node' | 'destroyed' | 'destroyed-late' | 'lingers' | 'half-closed';
}

/** An organisation that was set up by hand, with data that other users change. */
export interface StaticSetting {
  /** The endpoint that events of the organisation go to. */
  readonly endpoint?: { readonly url: string; readonly secret: string };
  /** How many dossiers it has at the start. */
  readonly dossiers?: number;
  /** Another user, who makes a change at this interval in milliseconds. */
  readonly colleague?: {
    readonly every: number;
    readonly does: 'creates' | 'all-sorts' | 'thins-out';
    /** Their requests also count towards the rate limit. */
    readonly spends?: boolean;
  };
}

export interface DeliveryVariations {
  /** The form of the ids of events after `evt_`. */
  readonly eventIds?: 'hex' | 'uuid' | 'ulid' | 'number';
  /** Sends events of other types too, such as `contact.created`. */
  readonly extraTypes?: boolean;
  /** Adds fields to the event, next to `data` and in it. */
  readonly extraFields?: boolean;
  /** Adds headers to the request. */
  readonly extraHeaders?: boolean;
  /** The layout of the JSON: without white space, indented, with reversed keys, or escaped. */
  readonly layout?: 'compact' | 'indented' | 'keys-reversed' | 'escaped';
  /** How late each attempt is, in milliseconds: minimum and maximum. */
  readonly delay?: readonly [number, number];
  /** How late the first event for an endpoint is, in milliseconds. */
  readonly firstLate?: number;
  /** How many times a delivered event is sent again, with the same id. */
  readonly repeats?: number;
  /** The pauses between attempts, in milliseconds. */
  readonly pauses?: readonly number[];
  /** The media type has a parameter. */
  readonly charset?: boolean;
  /** Sends the body in chunks, without a length. */
  readonly chunked?: boolean;
}
