/** What goes wrong in a faulty server that its fault is not meant to do. */
export interface Mishaps {
  /** Notes something in words, or as it was thrown. */
  readonly note: (what: unknown) => void;
  /** All so far, in words. */
  readonly all: () => readonly string[];
}

export const keepMishaps = (): Mishaps => {
  const noted: string[] = [];
  return {
    note: (what) => noted.push(what instanceof Error ? (what.stack ?? what.message) : String(what)),
    all: () => noted,
  };
};

type Send<Sent extends unknown[], Answer> = (...sent: Sent) => Promise<Answer>;

/**
 * Notes what a fault throws by itself where it stands between two that talk. To the server that is
 * an attempt to deliver that failed, like any other, and to the rules an event that doesn't come.
 * What comes from beyond it, such as a connection that breaks, is no mishap.
 */
export const noteThrown =
  <Sent extends unknown[], Answer>(
    bend: (send: Send<Sent, Answer>) => Send<Sent, Answer>,
    { note }: Mishaps,
  ) =>
  (send: Send<Sent, Answer>): Send<Sent, Answer> => {
    const fromBeyond = new Set<unknown>();
    const bent = bend((...sent) =>
      send(...sent).catch((thrown: unknown) => {
        fromBeyond.add(thrown);
        throw thrown;
      }),
    );
    return async (...sent) => {
      try {
        return await bent(...sent);
      } catch (thrown) {
        if (!fromBeyond.has(thrown)) note(thrown);
        throw thrown;
      }
    };
  };
