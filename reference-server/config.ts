/** How a server is to run. */
export interface Config {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  /** Whether the control API is served. */
  readonly control: boolean;
  /** What callers of the control API must send as bearer token; then they may be anywhere. */
  readonly controlToken?: string;
  /** Whether each answer is held against the contract before it is sent. */
  readonly selfCheck: boolean;
}

export const defaultConfig: Config = {
  port: 4020,
  host: '127.0.0.1',
  control: true,
  selfCheck: false,
};

/** Something that the user can mend; its message is one line that says what and how. */
export class UsageError extends Error {}

/** @throws UsageError */
export const readPort = (text: string): number => {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port must be a number from 0 to 65535, not "${text}".`);
  }
  return port;
};

/** @throws UsageError for an empty token, which would let everybody in */
export const readControlToken = (
  environment: Readonly<Record<string, string | undefined>>,
): Pick<Config, 'controlToken'> => {
  const token = environment['LEADGRID_CONTROL_TOKEN'];
  if (token === undefined) return {};
  if (!/^\S+$/.test(token)) {
    throw new UsageError('LEADGRID_CONTROL_TOKEN must be a word without spaces; or unset it.');
  }
  return { controlToken: token };
};
