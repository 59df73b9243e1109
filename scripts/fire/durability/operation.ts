import type { Data, Sending } from './client.ts';
import type { Picture } from './picture.ts';
import type { Random } from '../random.ts';

/** A write, and what the organisation holds when it was done. */
export interface Operation {
  readonly sending: Sending;
  /** @param answer - what was answered; without an answer less is known */
  readonly effect: (known: Picture, answer: Data) => Picture;
}

/** What an operation is made from. */
export interface Situation {
  readonly known: Picture;
  readonly random: Random;
  /** A name that nothing else has. */
  readonly name: string;
}

/** Makes an operation, if what is known allows it. */
export type Draft = (situation: Situation) => Operation | undefined;
