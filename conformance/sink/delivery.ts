/** A request that reached the sink, as raw as it came. */
export interface RawDelivery {
  readonly method: string;
  /** Where it arrived: the URL as the sink sees it. */
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The bytes of the body: what signatures are made of. */
  readonly body: Uint8Array;
  /** Whether the body was too large to be kept, so that `body` is empty. */
  readonly tooLarge?: true;
  /** Milliseconds since 1970. */
  readonly arrivedAt: number;
}

/** What a receiver answers. */
export interface Reception {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands behind an endpoint. */
export interface Receiver {
  /** Is given each delivery before it is answered; when the endpoint is closed, those that still come. */
  readonly receive: (delivery: RawDelivery) => void;
  /**
   * How the delivery is answered; 200 unless it says something else. A promise lets the sender wait,
   * until the sink is closed if need be; when it is rejected, the connection is broken off.
   */
  readonly answer?: (delivery: RawDelivery) => Reception | Promise<Reception>;
}
