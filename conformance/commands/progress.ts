import type { Rule } from '../context/rule.ts';
import type { Outcome } from '../runner/outcome.ts';
import { hang } from '../reporters/text.ts';
import { createStatusLine, type Terminal } from './terminal.ts';

/** Shows the progress of a run. */
export interface Progress {
  readonly began: (rule: Pick<Rule, 'id'>) => void;
  readonly ended: (outcome: Outcome) => void;
  /** @param milliseconds - how long the run waits; `reason` says what for */
  readonly waits: (milliseconds: number, reason: string | undefined) => void;
  /** Prints a line. */
  readonly say: (line: string) => void;
  /** Erases the status line. */
  readonly erase: () => void;
  /** Ends it, and erases the status line. */
  readonly close: () => void;
}

/**
 * Prints failures as they are found. An interactive terminal also shows which rules are running, how
 * many are left, and about how long that will take; a log gets the first wait only.
 *
 * @param awaited - the ids of the rules that are expected to run
 * @param now - milliseconds since 1970
 */
export const createProgress = (
  terminal: Terminal,
  awaited: Iterable<string>,
  now: () => number,
): Progress => {
  const { say, show, erase } = createStatusLine(terminal);
  const started = now();
  const left = new Set(awaited);
  const current = new Set<string>();
  let done = 0;
  let waited = false;
  const tell = limitNews(terminal, say);
  const showState = (): void => {
    const total = done + left.size;
    const time = formatTimeLeft(now() - started, done, total);
    show(`  ${String(done)} of ${String(total)} rules${time}  ${formatNames([...current])}`);
  };
  const endInterruptionWatch = onInterruption(terminal, () => {
    say(
      '  Interrupted. The report will contain what is known so far. Press Ctrl-C again to stop now.',
    );
  });
  return {
    ...{ say, erase },
    close: () => {
      endInterruptionWatch();
      erase();
    },
    began: ({ id }) => {
      current.add(id);
      showState();
    },
    ended: (outcome) => {
      const awaited = left.delete(outcome.id);
      if (current.delete(outcome.id)) done += 1;
      const news = formatNews(outcome);
      if (news !== undefined) tell(news);
      // Hundreds of rules that were left out change nothing.
      if (current.size > 0 && (awaited || news !== undefined)) showState();
    },
    waits: (milliseconds, reason) => {
      if (milliseconds < longWait || reason === undefined) return;
      const wait = `  waiting ${String(Math.ceil(milliseconds / 1000))} s for ${reason}`;
      if (terminal.interactive) show(wait);
      else if (!waited) say(`${wait}; further waits are not shown`);
      waited = true;
    },
  };
};

/** @returns how to stop listening */
const onInterruption = ({ interruption }: Terminal, listener: () => void): (() => void) => {
  interruption.addEventListener('abort', listener, { once: true });
  return () => {
    interruption.removeEventListener('abort', listener);
  };
};

/** Says the first failures, and then that there are more. */
const limitNews = (terminal: Terminal, say: (line: string) => void): ((news: string) => void) => {
  let count = 0;
  return (news) => {
    count += 1;
    const width = terminal.interactive ? terminal.width() : Infinity;
    if (count <= mostNews) say(hang('  ', news, width).join('\n'));
    if (count === mostNews + 1) say('  Further ones are in the report, grouped by cause.');
  };
};

/** So many failures are shown as they are found: many have one cause, which the report names. */
const mostNews = 12;

/** Milliseconds. */
const longWait = 5_000;

const formatNews = ({
  id,
  level,
  outcome,
  sentence,
  reason,
  known,
}: Outcome): string | undefined => {
  if (outcome === 'failed') {
    if (known !== undefined) return `${level} ${id} failed, a known failure: ${known}`;
    return `${level} ${id} ${level === 'MUST' ? 'failed' : 'deviates'}: ${sentence}`;
  }
  if (outcome === 'error') return `${level} ${id} ended in an error: ${reason ?? ''}`;
  if (outcome === 'passed' && known !== undefined)
    return `${level} ${id} passed: no longer a known failure`;
  return undefined;
};

/** Empty until enough rules have ended for an estimate. */
const formatTimeLeft = (elapsed: number, done: number, total: number): string => {
  if (done < fewest || elapsed < shortest) return '';
  const seconds = Math.ceil(((elapsed / done) * (total - done)) / 1000);
  const time = seconds < 100 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`;
  return `, about ${time} left`;
};

const fewest = 5;
/** Milliseconds. */
const shortest = 2_000;

const formatNames = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first} and ${String(others.length)} more`;
