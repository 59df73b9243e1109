/** How many rules may be busy at the same time. */
export interface Width {
  readonly current: () => number;
  /** Notes how long an answer took, in milliseconds. */
  readonly noteAnswer: (milliseconds: number) => void;
  /** Notes that the target asks for less: a 429, or a 503. */
  readonly noteRefusal: () => void;
  /** Reconsiders it; to be called again and again. */
  readonly adapt: () => void;
}

export const createFixedWidth = (width: number): Width => ({
  current: () => width,
  noteAnswer: () => undefined,
  noteRefusal: () => undefined,
  adapt: () => undefined,
});

const first = 4;
const usualMost = 64;
/** The width is reconsidered after so many answers. */
const fewestAnswers = 20;
/** Answers that take more than so many times the fastest, plus milliseconds, have got slower. */
const slower = { times: 1.5, plus: 4 };
const muchSlower = { times: 3, plus: 15 };
/** Milliseconds without growth after a refusal. */
const caution = 3_000;

/**
 * Grows while answers don't get slower, and falls when they do, or when the target refuses.
 *
 * @param now - milliseconds
 * @param most - the greatest width
 */
export const createAdaptiveWidth = (now: () => number, most = usualMost): Width => {
  let width = first;
  let [fastest, carefulUntil] = [Infinity, -Infinity];
  let times: number[] = [];
  return {
    current: () => width,
    noteAnswer: (milliseconds) => {
      times.push(milliseconds);
    },
    noteRefusal: () => {
      const isOne = now() < carefulUntil - caution / 2;
      // Requests that were sent together are refused together.
      if (isOne) return;
      carefulUntil = now() + caution;
      width = Math.max(1, Math.floor(width / 2));
    },
    adapt: () => {
      if (times.length < fewestAnswers) return;
      const median = times.sort((one, other) => one - other)[times.length >> 1] ?? 0;
      times = [];
      fastest = Math.min(fastest, median);
      const isFast = median <= slower.times * fastest + slower.plus;
      if (median > muchSlower.times * fastest + muchSlower.plus) {
        width = Math.max(first, Math.floor(width * 0.8));
      } else if (isFast && now() > carefulUntil) {
        width = Math.min(most, width + Math.max(1, width >> 1));
      }
    },
  };
};
