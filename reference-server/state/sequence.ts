/** Rows in an order, to be read by position; arrays are such rows too. */
export interface Rows<Row> extends Iterable<Row> {
  readonly length: number;
  at(index: number): Row | undefined;
}

/** A row's place: it stays the same while the row is replaced. */
export interface Slot<Row> {
  /** Its place in the order of creation; a later row has a higher number. */
  readonly order: number;
  row: Row;
}

/** Slots in the order of insertion, whenever they are added. */
export class Sequence<Row> implements Rows<Row> {
  readonly #slots: Slot<Row>[] = [];

  get length(): number {
    return this.#slots.length;
  }

  at(index: number): Row | undefined {
    return this.#slots[index]?.row;
  }

  *[Symbol.iterator](): Iterator<Row> {
    for (const slot of this.#slots) yield slot.row;
  }

  add(slot: Slot<Row>): void {
    const last = this.#slots.at(-1);
    if (!last || last.order < slot.order) this.#slots.push(slot);
    else this.#slots.splice(this.#position(slot), 0, slot);
  }

  remove(slot: Slot<Row>): void {
    this.#slots.splice(this.#position(slot), 1);
  }

  /** Where the slot stands, or would stand. */
  #position(slot: Slot<Row>): number {
    let low = 0;
    let high = this.#slots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#slots[middle] as Slot<Row>).order < slot.order) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
