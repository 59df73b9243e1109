import { type NewestRows, Sequence, type Slot, Union } from './sequence.ts';
import type { Journal } from './transaction.ts';
import { type Change, type Identified } from './transaction.ts';

/** An index of rows. A row whose key is undefined is not in it. */
export interface Index<Row> {
  readonly key: (row: Row) => string | undefined;
  /** Whether each key may occur only once. */
  readonly unique?: true;
}

export interface TableOptions<Row, Name extends string> {
  readonly journal: Journal;
  readonly name: string;
  /** The organisation that the rows belong to, if any. */
  readonly organizationId?: string;
  readonly indexes: Readonly<Record<Name, Index<Row>>>;
}

/** The slots with one key. Most keys have a single row, and need no sequence. */
type Bucket<Row> = Slot<Row> | Sequence<Row>;

/** Rows by id, in the order of insertion, and by the keys of indexes. Rows are immutable. */
export class Table<Row extends Identified, Name extends string = never> {
  readonly #options: TableOptions<Row, Name>;
  readonly #byId = new Map<string, Slot<Row>>();
  readonly #all = new Sequence<Row>();
  readonly #buckets: ReadonlyMap<Name, Map<string, Bucket<Row>>>;
  readonly #indexes: readonly [Name, Index<Row>][];

  constructor(options: TableOptions<Row, Name>) {
    this.#options = options;
    this.#indexes = Object.entries(options.indexes) as [Name, Index<Row>][];
    this.#buckets = new Map(this.#indexes.map(([name]) => [name, new Map<string, Bucket<Row>>()]));
  }

  /** All rows, in the order of insertion. */
  get rows(): Sequence<Row> {
    return this.#all;
  }

  get(id: string): Row | undefined {
    return this.#byId.get(id)?.row;
  }

  /** The existing rows with these ids, in the order of insertion. */
  some(ids: readonly string[]): Row[] {
    const slots = ids.flatMap((id) => this.#byId.get(id) ?? []);
    return slots.sort((a, b) => a.order - b.order).map(({ row }) => row);
  }

  /** The rows with a key, in the order of insertion. */
  by(index: Name, key: string): Sequence<Row> {
    const bucket = this.#buckets.get(index)?.get(key);
    return bucket instanceof Sequence ? bucket : new Sequence(bucket);
  }

  /** The first row with a key; in a unique index the only one. */
  firstBy(index: Name, key: string): Row | undefined {
    const bucket = this.#buckets.get(index)?.get(key);
    return bucket instanceof Sequence ? bucket.at(0) : bucket?.row;
  }

  /** The current keys of an index. */
  keys(index: Name): string[] {
    return [...(this.#buckets.get(index)?.keys() ?? [])];
  }

  /** The rows with any of several keys. */
  byAny(index: Name, keys: readonly string[]): NewestRows<Row> {
    return new Union(keys.map((key) => this.by(index, key)));
  }

  /**
   * Inserts a new row. Throws if its id, or its key in a unique index, exists.
   *
   * @param order - its number in the order of creation, if it comes from a file
   */
  insert(row: Row, order = this.#options.journal.nextOrder()): void {
    this.#insertAt(order, row, (slot) => {
      this.#record(order, undefined, row, () => {
        this.#drop(slot);
      });
    });
  }

  /**
   * Inserts a row from a file, like `insert`, but without a transaction: the table must not be in
   * use yet. Recording an undo step for each of many thousand rows would double the work.
   */
  restore(row: Row, order: number): void {
    this.#insertAt(order, row);
  }

  #insertAt(order: number, row: Row, record?: (slot: Slot<Row>) => void): void {
    if (this.#byId.has(row.id)) throw new Error(`${this.#options.name} has ${row.id} already.`);
    this.#requireFreeKeys(row, undefined);
    const slot = { order, row };
    record?.(slot);
    this.#options.journal.continueAfter(order);
    this.#put(slot);
  }

  /** Replaces the row with the same id. Throws like `insert`, or if there is none. */
  replace(row: Row): void {
    const slot = this.#slot(row.id);
    const before = slot.row;
    this.#requireFreeKeys(row, slot);
    this.#record(slot.order, before, row, () => {
      this.#exchange(slot, before);
    });
    this.#exchange(slot, row);
  }

  /** Removes a row. Throws if there is none. */
  remove(id: string): void {
    const slot = this.#slot(id);
    this.#record(slot.order, slot.row, undefined, () => {
      this.#put(slot);
    });
    this.#drop(slot);
  }

  #slot(id: string): Slot<Row> {
    const slot = this.#byId.get(id);
    if (!slot) throw new Error(`${this.#options.name} has no ${id}.`);
    return slot;
  }

  /** All rows as the changes that would insert them into an empty table, in any order. */
  asChanges(): Change[] {
    return Array.from(this.#byId.values(), ({ order, row }) => this.#change(order, undefined, row));
  }

  #record(order: number, before: Row | undefined, after: Row | undefined, undo: () => void): void {
    this.#options.journal.record(this.#change(order, before, after), undo);
  }

  #change(order: number, before: Row | undefined, after: Row | undefined): Change {
    const { name, organizationId } = this.#options;
    return {
      table: name,
      ...(organizationId !== undefined && { organizationId }),
      order,
      ...(before && { before }),
      ...(after && { after }),
    };
  }

  #put(slot: Slot<Row>): void {
    this.#byId.set(slot.row.id, slot);
    this.#all.add(slot);
    this.#eachKey(slot.row, (name, key) => {
      this.#enter(name, key, slot);
    });
  }

  #drop(slot: Slot<Row>): void {
    this.#byId.delete(slot.row.id);
    this.#all.remove(slot);
    this.#eachKey(slot.row, (name, key) => {
      this.#leave(name, key, slot);
    });
  }

  #exchange(slot: Slot<Row>, row: Row): void {
    for (const [name, { key }] of this.#indexes) {
      const before = key(slot.row);
      const after = key(row);
      if (before === after) continue;
      if (before !== undefined) this.#leave(name, before, slot);
      if (after !== undefined) this.#enter(name, after, slot);
    }
    slot.row = row;
    this.#all.changed(slot);
  }

  #enter(name: Name, key: string, slot: Slot<Row>): void {
    const buckets = this.#buckets.get(name);
    const bucket = buckets?.get(key);
    if (bucket === undefined) {
      buckets?.set(key, slot);
      return;
    }
    const slots = bucket instanceof Sequence ? bucket : new Sequence(bucket);
    slots.add(slot);
    if (slots !== bucket) buckets?.set(key, slots);
  }

  #leave(name: Name, key: string, slot: Slot<Row>): void {
    const buckets = this.#buckets.get(name);
    const bucket = buckets?.get(key);
    if (bucket instanceof Sequence) bucket.remove(slot);
    if (bucket === slot || (bucket instanceof Sequence && bucket.length === 0)) {
      buckets?.delete(key);
    }
  }

  #requireFreeKeys(row: Row, own: Slot<Row> | undefined): void {
    for (const [name, { key, unique }] of this.#indexes) {
      const value = unique && key(row);
      const holder = value === undefined ? undefined : this.firstBy(name, value);
      if (holder && holder !== own?.row) {
        throw new Error(`${this.#options.name} has another row with this ${name}.`);
      }
    }
  }

  #eachKey(row: Row, visit: (name: Name, key: string) => void): void {
    for (const [name, { key }] of this.#indexes) {
      const value = key(row);
      if (value !== undefined) visit(name, value);
    }
  }
}
