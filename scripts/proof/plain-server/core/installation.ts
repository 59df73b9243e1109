import type { RequirementId } from '../../../../openapi/generated/requirement-ids.ts';
import type { Variations, IdForm } from './variations.ts';
import type { Key, Organization } from './records.ts';

/** Clock, randomness and timers of an installation. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly bytes: (count: number) => Uint8Array;
  /** A number from 0 up to but excluding 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** One running server: its variations, its clock and its data. */
export interface Installation extends Pick<Surroundings, 'sleep' | 'random'> {
  readonly variations: Variations;
  /** Which alternative of a decision is taken; 0 is the decision itself. */
  readonly choice: (decision: RequirementId) => number;
  /** Whether this alternative of a decision is taken. */
  readonly takes: (decision: RequirementId, alternative: number) => boolean;
  /** The time of the server's clock. */
  readonly now: () => number;
  /** The real time, for waiting. */
  readonly realNow: () => number;
  readonly moveClock: (milliseconds: number) => void;
  readonly ids: Ids;
  /** An increasing number, for sort orders. */
  readonly next: () => number;
  readonly organizations: Map<string, Organization>;
  readonly keys: Map<string, Key>;
  readonly reset: () => void;
}

/** How far the clock is ahead, where it differs from the client's (LG-GEN-010). */
const hour = 3_600_000;

export const createInstallation = (
  variations: Variations,
  { now: realNow, newUuid, bytes, random, sleep }: Surroundings,
): Installation => {
  const choice = (decision: RequirementId): number => variations.alternatives?.[decision] ?? 0;
  const initial = variations.clockShift ?? (choice('LG-GEN-010') === 1 ? hour : 0);
  let shift = initial;
  let count = 0;
  const now = (): number => realNow() + shift;
  const upperCase = choice('LG-GEN-046') === 1;
  const form = variations.ids ?? (choice('LG-GEN-045') === 1 ? 'prefixed' : 'uuid');
  const organizations = new Map<string, Organization>();
  const keys = new Map<string, Key>();
  return {
    ...{ variations, choice, now, realNow, random, sleep, organizations, keys },
    takes: (decision, alternative) => choice(decision) === alternative,
    moveClock: (milliseconds) => {
      shift += milliseconds;
    },
    ids: createIds({ form, upperCase, now, newUuid, bytes }),
    next: () => (count += 1),
    reset: () => {
      organizations.clear();
      keys.clear();
      shift = initial;
    },
  };
};

/** Creates ids, and checks their form. */
interface Ids {
  /** For ids that are documented as a uuid. */
  readonly uuid: () => string;
  /** For dossiers and notes, whose form isn't documented. */
  readonly looseId: () => string;
  readonly isLooseId: (text: string) => boolean;
  readonly ulid: () => string;
  /** Random hexadecimal digits. */
  readonly hex: (digits: number) => string;
}

export interface IdOptions {
  readonly form: IdForm;
  readonly upperCase: boolean;
  readonly now: () => number;
  readonly newUuid: () => string;
  readonly bytes: (count: number) => Uint8Array;
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: unknown): text is string =>
  typeof text === 'string' && uuidPattern.test(text);

const patterns: Readonly<Record<IdForm, RegExp>> = {
  uuid: uuidPattern,
  number: /^\d+$/,
  ulid: /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/,
  nanoid: /^[\w-]{21}$/,
  mongo: /^[0-9a-f]{24}$/,
  prefixed: /^dos_[0-9a-z]{16}$/,
};

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const createIds = ({ form, upperCase, now, newUuid, bytes }: IdOptions): Ids => {
  let numbers = 0;
  const uuid = (): string => (upperCase ? newUuid().toUpperCase() : newUuid());
  const randomText = (alphabet: string, length: number): string =>
    [...bytes(length)].map((byte) => alphabet[byte % 32] ?? '').join('');
  const hex = (digits: number): string => Buffer.from(bytes(digits / 2)).toString('hex');
  const ulid = (): string => encodeTime(now()) + randomText(crockford, 16);
  const looseId: Readonly<Record<IdForm, () => string>> = {
    uuid,
    ulid,
    number: () => String((numbers += 1)),
    nanoid: () => Buffer.from(bytes(16)).toString('base64url').slice(0, 21),
    mongo: () => hex(24),
    prefixed: () => `dos_${randomText(crockford.toLowerCase(), 16)}`,
  };
  return {
    uuid,
    ulid,
    hex,
    looseId: looseId[form],
    isLooseId: (text) => patterns[form].test(text),
  };
};

const encodeTime = (milliseconds: number): string => {
  let remainder = milliseconds;
  let text = '';
  for (let place = 0; place < 10; place += 1) {
    text = (crockford[remainder % 32] ?? '') + text;
    remainder = Math.floor(remainder / 32);
  }
  return text;
};

/** A timestamp in the format of responses and events (LG-GEN-009, LG-GEN-010). */
export const formatTimestamp = (
  { takes, choice }: Installation,
  milliseconds: number,
  creating = false,
): string => {
  const iso = new Date(milliseconds).toISOString();
  const precise = takes('LG-GEN-009', 1) || (takes('LG-GEN-010', 2) && creating);
  const text = precise ? iso : iso.replace(/\.\d+Z$/, 'Z');
  switch (choice('LG-GEN-009')) {
    case 2:
      return text.replace('Z', '+00:00');
    case 3:
      return text.replace(/[-:]/g, '');
    default:
      return text;
  }
};

const day = 86_400_000;

/** The end of the UTC day, in milliseconds since 1970. */
export const endOfDay = (milliseconds: number): number =>
  Math.floor(milliseconds / day) * day + day;
