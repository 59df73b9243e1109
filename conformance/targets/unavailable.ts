/**
 * Thrown where a rule can't go on for want of something that the target doesn't offer, or that the
 * user forbade: that is no verdict on the target, and no fault of the suite either.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  /** `omitted` when the user wished it so, `not-verified` when something is missing. */
  readonly outcome: 'omitted' | 'not-verified';

  /** @param reason - what is missing and what would unlock it, as a sentence */
  constructor(reason: string, outcome: 'omitted' | 'not-verified' = 'not-verified') {
    super(reason);
    this.outcome = outcome;
  }
}
