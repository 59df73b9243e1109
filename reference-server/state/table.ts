import type { Change, Identified, Journal } from './journal.ts';
import { Sequence, type Rows, type Slot } from './sequence.ts';

/** How rows are found beside their id. A row whose key is undefined is not in the index. */
export interface Index<Row> {
  readonly key: (row: Row) => string | undefined;
  /** Whether a key may occur once only. */
  readonly unique?: true;
}

export interface TableOptions<Row, Name extends string> {
  readonly journal: Journal;
  readonly name: string;
  /** The organisation that the rows belong to, where they belong to one. */
  readonly organizationId?: string;
  readonly indexes: Readonly<Record<Name, Index<Row>>>;
}

/** Rows by id, in the order of insertion, and by the keys of their indexes. Rows don't change. */
export class Table<Row extends Identified, Name extends string = never> {
  readonly #options: TableOptions<Row, Name>;
  readonly #byId = new Map<string, Slot<Row>>();
  readonly #all = new Sequence<Row>();
  readonly #buckets: ReadonlyMap<Name, Map<string, Sequence<Row>>>;
  readonly #none: Rows<Row> = [];

  constructor(options: TableOptions<Row, Name>) {
    this.#options = options;
    const names = Object.keys(options.indexes) as Name[];
    this.#buckets = new Map(names.map((name) => [name, new Map<string, Sequence<Row>>()]));
  }

  /** All rows, in the order of insertion. */
  get rows(): Rows<Row> {
    return this.#all;
  }

  get(id: string): Row | undefined {
    return this.#byId.get(id)?.row;
  }

  /** The rows with a key, in the order of insertion. */
  by(index: Name, key: string): Rows<Row> {
    return this.#buckets.get(index)?.get(key) ?? this.#none;
  }

  /**
   * Puts a new row. Throws if its id, or its key in a unique index, is taken.
   *
   * @param order - its place in the order of creation, where a file has given it one
   */
  insert(row: Row, order = this.#options.journal.nextOrder()): void {
    this.#insertAt(order, row, (slot) => {
      this.#record(order, undefined, row, () => {
        this.#drop(slot);
      });
    });
  }

  /**
   * Puts a row that a file has, as `insert` does, but in no transaction: nobody may know the table
   * yet. To note a way back for each of many thousand rows would double the work.
   */
  restore(row: Row, order: number): void {
    this.#insertAt(order, row);
  }

  #insertAt(order: number, row: Row, record?: (slot: Slot<Row>) => void): void {
    if (this.#byId.has(row.id)) throw new Error(`${this.#options.name} has ${row.id} already.`);
    this.#requireFreeKeys(row, undefined);
    const slot = { order, row };
    record?.(slot);
    this.#options.journal.goOnBehind(order);
    this.#put(slot);
  }

  /** Puts a row in the place of the one with its id. Throws as `insert` does, or if there is none. */
  replace(row: Row): void {
    const slot = this.#slot(row.id);
    const before = slot.row;
    this.#requireFreeKeys(row, slot);
    this.#record(slot.order, before, row, () => {
      this.#exchange(slot, before);
    });
    this.#exchange(slot, row);
  }

  /** Takes a row away. Throws if there is none. */
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

  /** All rows as the changes that would put them into an empty table; in any order. */
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
    for (const [name, { key }] of this.#indexes()) {
      const before = key(slot.row);
      const after = key(row);
      if (before === after) continue;
      if (before !== undefined) this.#leave(name, before, slot);
      if (after !== undefined) this.#enter(name, after, slot);
    }
    slot.row = row;
  }

  #enter(name: Name, key: string, slot: Slot<Row>): void {
    const buckets = this.#buckets.get(name);
    const bucket = buckets?.get(key) ?? new Sequence<Row>();
    bucket.add(slot);
    buckets?.set(key, bucket);
  }

  #leave(name: Name, key: string, slot: Slot<Row>): void {
    const bucket = this.#buckets.get(name)?.get(key);
    bucket?.remove(slot);
    if (bucket?.length === 0) this.#buckets.get(name)?.delete(key);
  }

  #requireFreeKeys(row: Row, own: Slot<Row> | undefined): void {
    for (const [name, { key, unique }] of this.#indexes()) {
      const value = unique && key(row);
      const holder = value === undefined ? undefined : this.by(name, value).at(0);
      if (holder && holder !== own?.row) {
        throw new Error(`${this.#options.name} has another row with this ${name}.`);
      }
    }
  }

  #eachKey(row: Row, visit: (name: Name, key: string) => void): void {
    for (const [name, { key }] of this.#indexes()) {
      const value = key(row);
      if (value !== undefined) visit(name, value);
    }
  }

  #indexes(): [Name, Index<Row>][] {
    return Object.entries(this.#options.indexes) as [Name, Index<Row>][];
  }
}
