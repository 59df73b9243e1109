import { createHmac } from 'node:crypto';

/** Random numbers that are the same for the same seed. */
export interface SeededRandom {
  readonly bytes: (size: number) => Buffer;
  /** An integer, both ends included. */
  readonly integer: (from: number, to: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  /** The same items in random order. */
  readonly shuffle: <T>(list: readonly T[]) => T[];
  /** A UUID of version 4. */
  readonly id: () => string;
  /** An independent sequence by name: earlier draws don't change it. */
  readonly branch: (name: string) => SeededRandom;
}

/** HMAC-SHA-512 of a counter, keyed by the seed. */
export const createSeededRandom = (seed: string | Buffer): SeededRandom => {
  let count = 0;
  let rest = Buffer.alloc(0);
  const bytes = (size: number): Buffer => {
    while (rest.length < size) {
      const block = createHmac('sha512', seed).update(`${count++}`).digest();
      rest = Buffer.concat([rest, block]);
    }
    const taken = rest.subarray(0, size);
    rest = rest.subarray(size);
    return taken;
  };
  const integer = (from: number, to: number): number =>
    from + Math.floor((bytes(4).readUInt32BE() / 2 ** 32) * (to - from + 1));
  return {
    bytes,
    integer,
    pick: (list) => list[integer(0, list.length - 1)] as (typeof list)[number],
    shuffle: (list) => {
      const rest = [...list];
      return list.map(
        () => rest.splice(integer(0, rest.length - 1), 1)[0] as (typeof list)[number],
      );
    },
    id: () => writeId(bytes(16)),
    branch: (name) => createSeededRandom(createHmac('sha256', seed).update(name).digest()),
  };
};

const writeId = (bytes: Buffer): string => {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};
