import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/**
 * How many names are looked up at a time. Node looks names up on its four threads, which the database
 * needs too: names whose servers don't answer would hold up every write.
 */
const most = 2;

type Callback = Parameters<LookupFunction>[2];
type Found = [
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
];

/**
 * Looks names up, a few at a time, and one name only once at a time, whoever asks for it. Names of
 * this machine don't wait: they are in a file.
 */
export const limitLookups = (lookup: LookupFunction): LookupFunction => {
  const askers = new Map<string, Callback[]>();
  const waiting: (() => void)[] = [];
  let underWay = 0;
  const next = (): void => {
    while (underWay < most) {
      const start = waiting.shift();
      if (!start) return;
      underWay += 1;
      start();
    }
  };
  return (hostname, options, callback) => {
    if (/(^|\.)localhost$/i.test(hostname)) {
      lookup(hostname, options, callback);
      return;
    }
    const question = JSON.stringify([hostname, options.all, options.family, options.hints]);
    const others = askers.get(question);
    if (others) {
      others.push(callback);
      return;
    }
    const own = [callback];
    askers.set(question, own);
    waiting.push(() => {
      lookup(hostname, options, (...found: Found) => {
        underWay -= 1;
        askers.delete(question);
        for (const answer of own) answer(...found);
        next();
      });
    });
    next();
  };
};
