import type { Freedoms, RateLimit } from '../freedoms.ts';
import type { Installation } from '../installation.ts';

/** What somebody may still send. */
export interface Allowance {
  readonly limit: RateLimit;
  readonly left: () => number;
  /** Milliseconds until that many are there again. */
  readonly wait: (count: number) => number;
  readonly spend: (count: number) => void;
}

/** An allowance of its own, by whatever way it comes back (LG-LIM-008, LG-LIM-015). */
export const createAllowance = (installation: Installation, limit: RateLimit): Allowance => {
  const { now } = installation;
  switch (manner(installation)) {
    case 'bucket':
      return bucket(limit, now);
    case 'sliding':
      return sliding(limit, now);
    case 'aligned':
      return windowed(limit, now, (moment, length) => Math.floor(moment / length) * length);
    case 'fixed':
      return windowed(limit, now, (moment) => moment);
  }
};

const manner = ({ freedoms, takes }: Installation): NonNullable<Freedoms['window']> => {
  const bit = takes('LG-LIM-015', 2) ? 'bucket' : 'fixed';
  return freedoms.window ?? (takes('LG-LIM-008', 2) ? 'sliding' : bit);
};

const windowed = (
  limit: RateLimit,
  now: () => number,
  begin: (moment: number, length: number) => number,
): Allowance => {
  const length = limit.window_seconds * 1_000;
  let start = begin(now(), length);
  let spent = 0;
  const renew = (): void => {
    if (now() - start < length) return;
    start = begin(now(), length);
    spent = 0;
  };
  return {
    limit,
    left: () => {
      renew();
      return limit.requests - spent;
    },
    wait: () => start + length - now(),
    spend: (count) => {
      renew();
      spent += count;
    },
  };
};

const sliding = (limit: RateLimit, now: () => number): Allowance => {
  const length = limit.window_seconds * 1_000;
  let moments: number[] = [];
  const left = (): number => {
    moments = moments.filter((moment) => moment > now() - length);
    return limit.requests - moments.length;
  };
  return {
    limit,
    left,
    wait: (count) => {
      const lacking = Math.max(1, count - left());
      return (moments[lacking - 1] ?? now()) + length - now();
    },
    spend: (count) => {
      for (let one = 0; one < count; one += 1) moments.push(now());
    },
  };
};

const bucket = (limit: RateLimit, now: () => number): Allowance => {
  const each = (limit.window_seconds * 1_000) / limit.requests;
  let tokens = limit.requests;
  let last = now();
  const fill = (): number => {
    tokens = Math.min(limit.requests, tokens + (now() - last) / each);
    last = now();
    return tokens;
  };
  return {
    limit,
    left: () => Math.floor(fill()),
    wait: (count) => (count - fill()) * each,
    spend: (count) => {
      tokens = fill() - count;
    },
  };
};
