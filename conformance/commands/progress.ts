import type { Rule } from '../context/rule.ts';
import type { Outcome } from '../runner/outcome.ts';
import { createStatusLine, type Terminal } from './terminal.ts';

/** Tells how far a run is while it goes on. */
export interface Progress {
  readonly began: (rule: Pick<Rule, 'id'>) => void;
  readonly ended: (outcome: Outcome) => void;
  /** @param milliseconds - how long nothing will happen, and why if that was said */
  readonly waits: (milliseconds: number, reason: string | undefined) => void;
  /** Says something that stays. */
  readonly say: (line: string) => void;
  /** Takes away what was shown only for the time being. */
  readonly close: () => void;
}

/**
 * Tells failures as they are found. Who watches also sees which rules are being judged, how many
 * are left, and about how long that will take; a log is told of waiting once and is spared the rest.
 *
 * @param awaited - the ids of the rules that will be judged, as far as is known
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
  const showState = (): void => {
    const total = done + left.size;
    const time = formatTimeLeft(now() - started, done, total);
    show(`  ${String(done)} of ${String(total)} rules${time}  ${formatNames([...current])}`);
  };
  const endInterruptionWatch = onInterruption(terminal, () => {
    say('  Interrupted. What is known so far will be told; once more ends this at once.');
  });
  return {
    say,
    close: () => {
      endInterruptionWatch();
      erase();
    },
    began: ({ id }) => {
      current.add(id);
      showState();
    },
    ended: (outcome) => {
      left.delete(outcome.id);
      if (current.delete(outcome.id)) done += 1;
      const news = formatNews(outcome);
      if (news !== undefined) say(`  ${news}`);
      if (current.size > 0) showState();
    },
    waits: (milliseconds, reason) => {
      if (milliseconds < longWait || reason === undefined) return;
      const wait = `  waiting ${String(Math.ceil(milliseconds / 1000))} s for ${reason}`;
      if (terminal.interactive) show(wait);
      else if (!waited) say(`${wait}, and again as often as it asks for it`);
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
    if (known !== undefined) return `${level} ${id} failed, as known: ${known}`;
    return `${level} ${id} failed: ${sentence}`;
  }
  if (outcome === 'error') return `${level} ${id} broke down: ${reason ?? ''}`;
  if (outcome === 'passed' && known !== undefined) return `${level} ${id} passed: known no more`;
  return undefined;
};

/** Nothing before there is something to guess from. */
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
