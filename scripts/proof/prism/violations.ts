/** What Prism found wrong with an answer. */
export interface Violation {
  /** The operation and status that it was found at. */
  readonly where: string;
  /** The part of the answer, such as `body.data.id`. */
  readonly place: string;
  readonly message: string;
}

interface Finding {
  readonly location: readonly [string, ...(string | number)[]];
  readonly message: string;
}

/** Prism tells in this header what it found wrong with request and answer. */
const header = 'sl-violations';

/** Prism's own answers are of this type, in place of one that it couldn't make out. */
const ownType = 'application/problem+json';

/** The violations of an answer; those of the request are meant, as often as not. */
export const readViolations = (where: string, { headers }: Response): Violation[] => {
  const told = headers.get(header);
  if (told === null && headers.get('content-type')?.startsWith(ownType)) {
    return [{ where, place: '', message: 'Prism could not make out the answer.' }];
  }
  const findings = JSON.parse(told ?? '[]') as Finding[];
  return findings
    .filter(({ location: [side] }) => side === 'response')
    .map(({ location: [, ...place], message }) => ({ where, place: place.join('.'), message }));
};
