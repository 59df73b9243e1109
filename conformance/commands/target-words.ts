/** What names a target on the command line. */
export interface TargetNames {
  readonly target?: string | undefined;
  readonly control?: string | undefined;
  readonly config?: string | undefined;
  readonly start?: string | undefined;
  readonly allowProduction?: boolean;
}

/** The words of a command line that name the same target again, to repeat a failure there. */
export const targetWords = (options: TargetNames): readonly string[] => [
  ...(options.target === undefined ? [] : ['--target', options.target]),
  ...(options.config === undefined ? [] : ['--config', options.config]),
  ...(options.control === undefined ? [] : ['--control', options.control]),
  ...(options.start === undefined ? [] : ['--start', options.start]),
  ...(options.allowProduction ? ['--allow-production'] : []),
];
