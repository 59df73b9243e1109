/** Ordered rows, read by position; arrays match too. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
}

/** Rows that are read in ranges from the end. */
export interface NewestRows<Row> {
  readonly length: number;
  /** Reads `count` rows from the end backwards, after skipping some. */
  newest(skip: number, count: number): Row[];
}

/** A row's slot: it stays the same when the row is replaced. */
export interface Slot<Row> {
  /** Its number in the order of creation; a later row has a higher one. */
  readonly order: number;
  row: Row;
}

/**
 * The maximum number of slots in a block: large enough for few blocks in a sequence of 200,000, and
 * small enough to insert a slot cheaply.
 */
export const blockSize = 512;

/** Adjacent slots, in order; never empty. */
export class Block<Row> {
  readonly slots: Slot<Row>[];
  #derived: Map<unknown, unknown> | undefined;

  constructor(slots: Slot<Row>[]) {
    this.slots = slots;
  }

  get first(): number {
    return this.slots[0]?.order ?? Infinity;
  }

  get last(): number {
    return this.slots.at(-1)?.order ?? -Infinity;
  }

  /** The cached result of a function of the slots; recomputed only after a change. */
  derive<Result>(make: (slots: readonly Slot<Row>[]) => Result): Result {
    this.#derived ??= new Map();
    if (!this.#derived.has(make)) this.#derived.set(make, make(this.slots));
    return this.#derived.get(make) as Result;
  }

  changed(): void {
    this.#derived = undefined;
  }

  /** The index at which a slot with this order is, or would be. */
  position(order: number): number {
    return firstIndex(this.slots.length, (index) => (this.slots[index]?.order ?? 0) >= order);
  }
}

/**
 * Slots in the order of creation, in blocks, so that a change among many thousands touches one
 * block only.
 */
export class Sequence<Row> implements Rows<Row>, NewestRows<Row> {
  readonly #blocks: Block<Row>[];
  #length: number;
  /** How many slots are before each block; undefined when it must be counted again. */
  #starts: number[] | undefined;

  constructor(first?: Slot<Row>) {
    this.#blocks = first ? [new Block([first])] : [];
    this.#length = first ? 1 : 0;
  }

  get length(): number {
    return this.#length;
  }

  get blocks(): readonly Block<Row>[] {
    return this.#blocks;
  }

  at(index: number): Row | undefined {
    return this.slotAt(index < 0 ? this.#length + index : index)?.row;
  }

  slotAt(index: number): Slot<Row> | undefined {
    if (this.#blocks.length === 1) return this.#blocks[0]?.slots[index];
    const starts = this.#startsOfBlocks();
    const block = firstIndex(starts.length, (one) => (starts[one] ?? 0) > index) - 1;
    return this.#blocks[block]?.slots[index - (starts[block] ?? 0)];
  }

  /** How many slots have a lower order. */
  before(order: number): number {
    const index = this.#blockOf(order);
    const block = this.#blocks[index];
    return block ? (this.#startsOfBlocks()[index] ?? 0) + block.position(order) : this.#length;
  }

  newest(skip: number, count: number): Row[] {
    const rows: Row[] = [];
    let toSkip = skip;
    for (let index = this.#blocks.length - 1; index >= 0 && rows.length < count; index -= 1) {
      const { slots } = this.#blocks[index] as Block<Row>;
      for (let one = slots.length - 1 - toSkip; one >= 0 && rows.length < count; one -= 1) {
        rows.push((slots[one] as Slot<Row>).row);
      }
      toSkip = Math.max(0, toSkip - slots.length);
    }
    return rows;
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (const { slots } of this.#blocks) for (const slot of slots) yield slot.row;
  }

  add(slot: Slot<Row>): void {
    const last = this.#blocks.at(-1);
    if (last && slot.order < last.last) this.#insert(slot);
    else if (last && last.slots.length < blockSize) {
      last.slots.push(slot);
      last.changed();
    } else {
      this.#starts = undefined;
      this.#blocks.push(new Block([slot]));
    }
    this.#length += 1;
  }

  remove({ order }: Slot<Row>): void {
    const index = this.#blockOf(order);
    const block = this.#blocks[index] as Block<Row>;
    block.slots.splice(block.position(order), 1);
    block.changed();
    this.#length -= 1;
    this.#starts = undefined;
    if (block.slots.length === 0) this.#blocks.splice(index, 1);
  }

  /** Must be called after a slot's row was replaced. */
  changed({ order }: Slot<Row>): void {
    this.#blocks[this.#blockOf(order)]?.changed();
  }

  /** Inserts a slot before others. */
  #insert(slot: Slot<Row>): void {
    const index = this.#blockOf(slot.order);
    const block = this.#blocks[index] as Block<Row>;
    block.slots.splice(block.position(slot.order), 0, slot);
    block.changed();
    this.#starts = undefined;
    if (block.slots.length <= blockSize) return;
    this.#blocks.splice(index + 1, 0, new Block(block.slots.splice(blockSize / 2)));
  }

  /** The first block that has a slot with this order or a higher one. */
  #blockOf(order: number): number {
    return firstIndex(this.#blocks.length, (index) => (this.#blocks[index]?.last ?? 0) >= order);
  }

  #startsOfBlocks(): readonly number[] {
    if (this.#starts) return this.#starts;
    let start = 0;
    this.#starts = this.#blocks.map(({ slots }) => {
      start += slots.length;
      return start - slots.length;
    });
    return this.#starts;
  }
}

/** Disjoint sequences, read as one. */
export class Union<Row> implements NewestRows<Row> {
  readonly #parts: readonly Sequence<Row>[];
  readonly length: number;

  constructor(parts: readonly Sequence<Row>[]) {
    this.#parts = parts;
    this.length = parts.reduce((sum, part) => sum + part.length, 0);
  }

  newest(skip: number, count: number): Row[] {
    const left = Math.max(0, this.length - skip);
    const limit = skip === 0 ? Infinity : this.#orderAfter(left);
    // What is left of each part after the newest slots were skipped.
    const heads = this.#parts.map((part) => new Head(part, part.before(limit)));
    const rows: Row[] = [];
    while (rows.length < Math.min(count, left)) {
      const newest = heads.reduce((one, other) => (other.order > one.order ? other : one));
      rows.push(newest.take());
    }
    return rows;
  }

  /** The lowest order that has this many slots before it. */
  #orderAfter(count: number): number {
    const last = this.#parts.map((part) => part.slotAt(part.length - 1)?.order ?? 0);
    const before = (order: number): number =>
      this.#parts.reduce((sum, part) => sum + part.before(order), 0);
    return firstIndex(Math.max(0, ...last) + 1, (order) => before(order) >= count);
  }
}

/** The newest unread slot of a sequence. */
class Head<Row> {
  readonly #part: Sequence<Row>;
  #left: number;
  #slot: Slot<Row> | undefined;

  constructor(part: Sequence<Row>, left: number) {
    this.#part = part;
    this.#left = left;
    this.#slot = part.slotAt(left - 1);
  }

  get order(): number {
    return this.#slot?.order ?? -Infinity;
  }

  take(): Row {
    const { row } = this.#slot as Slot<Row>;
    this.#left -= 1;
    this.#slot = this.#part.slotAt(this.#left - 1);
    return row;
  }
}

/**
 * The first index below `length` at which a condition holds; it must hold for all later ones too.
 */
const firstIndex = (length: number, holds: (index: number) => boolean): number => {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};
