import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';

/**
 * What the documentation leaves to whoever builds the API, and how this server makes use of it.
 * All of it is legal; nothing of it is a fault. Left out, the server decides as the register does.
 */
export interface Freedoms {
  /** Takes the k-th alternative (1-based) of a decision of the register. */
  readonly alternatives?: Partial<Record<RequirementId, number>>;
  /** The form of the ids of dossiers and notes, which the documentation calls texts. */
  readonly ids?: IdForm;
  /** The language of messages. */
  readonly language?: 'en' | 'nl';
  /** Ends each message with the number of the request. */
  readonly requestIdInMessage?: boolean;
  /** Repeats the id that wasn't found in the message, as it was sent or in capitals. */
  readonly echoIds?: 'as-sent' | 'upper-case';
  /** Adds headers, cookies among them, to every answer. */
  readonly extraHeaders?: boolean;
  /** Compresses answers for those who accept that. */
  readonly gzip?: boolean;
  /** Sends answers in chunks, without their length. */
  readonly chunked?: boolean;
  /** Indents the JSON of answers. */
  readonly pretty?: boolean;
  /** Has `error: null` beside `data`, and `data: null` beside `error`. */
  readonly envelope?: boolean;
  /** Adds a member to records that differs in every answer. */
  readonly volatileMember?: boolean;
  /** Adds a member to records that differs by the key that asks. */
  readonly memberByKey?: boolean;
  /** Answers come so many milliseconds late: at least, at most. */
  readonly delay?: readonly [number, number];
  /** In which order a request is checked. */
  readonly checks?: CheckOrder;
  /** The usual limit of an organisation. */
  readonly limit?: RateLimit;
  /** How allowance comes back. */
  readonly window?: 'fixed' | 'aligned' | 'sliding' | 'bucket';
  /** What operations cost, by operationId; `*` is any other. */
  readonly costs?: Readonly<Record<string, number>>;
  /** A second limit, for bursts. */
  readonly burst?: RateLimit;
  /** A limit for callers without access. */
  readonly strangers?: RateLimit;
  /** Closes each connection after its answer, or when it was idle for so many milliseconds. */
  readonly keepAlive?: 'off' | number;
  /** Closes a connection after so many requests. */
  readonly requestsPerConnection?: number;
  /** The server's clock is so many milliseconds ahead; below zero it is behind. */
  readonly clockShift?: number;
  /** Sends `100 Continue` to whoever sends a body. */
  readonly continue100?: boolean;
  /** Sends `103 Early Hints` before each answer. */
  readonly earlyHints?: boolean;
  /** Refuses a body of more bytes than that at the sight of its length. */
  readonly earlyRefusal?: EarlyRefusal;
  /** A regular expression for addresses, where a stricter rule is taken (LG-CON-037, LG-DOS-050). */
  readonly strictEmail?: string;
  /** The longest text, where there is one (LG-GEN-042). */
  readonly textLimit?: number;
  /** The bytes of the largest JSON body, where another limit is taken (LG-GEN-043). */
  readonly bodyLimit?: number;
  /** The last of several values counts, not the first, where one of them does. */
  readonly lastValueCounts?: boolean;
  /** Answers hold the very fields that the examples of the documentation show. */
  readonly asInExamples?: boolean;
  /** The order of lists, where another order is taken (LG-DOS-014, LG-CON-021). */
  readonly order?: 'oldest-first' | 'id' | 'changed';
  /** Puts new contacts in the talent pool, for so many milliseconds. */
  readonly poolsNewContacts?: number;
  /** How long the search trails behind, in milliseconds, where it does (LG-GEN-053). */
  readonly searchLag?: number;
  /** How long lists and counts trail behind, in milliseconds, where they do (LG-GEN-053). */
  readonly listLag?: number;
  /** Only some reads trail behind: they are answered by a replica, the others aren't. */
  readonly replicas?: boolean;
  /** Has no control API, only what these keys stand for. */
  readonly static?: StaticSetting;
  /** How events are sent. */
  readonly deliveries?: DeliveryFreedoms;
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
  /** What then becomes of the connection. */
  readonly connection: 'left-to-node' | 'destroyed' | 'destroyed-late' | 'lingers' | 'half-closed';
}

/** An organisation that a person has set up, with whatever is in it and goes on there. */
export interface StaticSetting {
  /** The endpoint that events of the organisation go to. */
  readonly endpoint?: { readonly url: string; readonly secret: string };
  /** So many dossiers are there already. */
  readonly dossiers?: number;
  /** Somebody else works there, each so many milliseconds. */
  readonly colleague?: {
    readonly every: number;
    readonly does: 'creates' | 'all-sorts' | 'thins-out';
    /** Their requests use up the limit too. */
    readonly spends?: boolean;
  };
}

export interface DeliveryFreedoms {
  /** The form of the ids of events after `evt_`. */
  readonly eventIds?: 'hex' | 'uuid' | 'ulid' | 'number';
  /** Events of other types, such as `contact.created`, come beside the five. */
  readonly extraTypes?: boolean;
  /** Adds members to the event, beside `data` and in it. */
  readonly extraFields?: boolean;
  /** Adds headers to the request. */
  readonly extraHeaders?: boolean;
  /** How the JSON is laid out: without white space, indented, or with its keys the other way. */
  readonly layout?: 'compact' | 'indented' | 'keys-reversed' | 'escaped';
  /** Each attempt is made so many milliseconds late: at least, at most. */
  readonly delay?: readonly [number, number];
  /** The first event for an endpoint is sent so many milliseconds late. */
  readonly firstLate?: number;
  /** Each event that arrived is sent so many times more, with the same id. */
  readonly repeats?: number;
  /** The pauses between attempts, in milliseconds. */
  readonly pauses?: readonly number[];
  /** The media type has a parameter. */
  readonly charset?: boolean;
  /** Sends the body in chunks, without its length. */
  readonly chunked?: boolean;
}
