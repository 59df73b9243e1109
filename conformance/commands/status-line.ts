import type { Terminal } from './terminal.ts';

/** The last line of the standard error, which changes for those who watch. */
export interface StatusLine {
  /** Shows something for the time being; a log is spared it. */
  readonly show: (text: string) => void;
  /** Says something that stays. */
  readonly say: (line: string) => void;
  readonly erase: () => void;
}

export const createStatusLine = ({ interactive, err, width }: Terminal): StatusLine => {
  const erase = (): void => {
    // Carriage return, and erase to the end of the line.
    if (interactive) err('\r\u001B[K');
  };
  return {
    erase,
    show: (text) => {
      erase();
      // A line that wraps could not be erased again.
      if (interactive) err(text.slice(0, width() - 1));
    },
    say: (line) => {
      erase();
      err(`${line}\n`);
    },
  };
};
