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

/** The violations of an answer; those of the request are meant, as often as not. */
export const readViolations = (where: string, { headers }: Response): Violation[] => {
  const findings = JSON.parse(headers.get(header) ?? '[]') as Finding[];
  return findings
    .filter(({ location: [side] }) => side === 'response')
    .map(({ location: [, ...place], message }) => ({ where, place: place.join('.'), message }));
};
