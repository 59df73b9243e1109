/**
 * A fault that its author can mend.
 *
 * `file` is relative to the openapi folder (or the repository for code), `where` a line and column,
 * an operation or a pointer, `what` the fault in one sentence, `next` the step that mends it.
 */
export interface Problem {
  file: string;
  where: string;
  what: string;
  next: string;
}

/** One line a problem, so that a terminal, a log and an editor can all point at it. */
export const formatProblem = ({ file, where, what, next }: Problem): string =>
  `${file}${where === '' ? '' : `:${where}`}  ${oneLine(what)} → ${oneLine(next)}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
