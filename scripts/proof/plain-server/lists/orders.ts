import type { Installation } from '../installation.ts';

interface Listed {
  readonly id: string;
  readonly touched: number;
}

/** The order of dossiers and of contacts: the latest first, or any other (LG-DOS-014, LG-CON-021). */
export const inOrder = <Item extends Listed>(
  { takes, freedoms }: Installation,
  decision: 'LG-DOS-014' | 'LG-CON-021',
  items: readonly Item[],
): Item[] => {
  if (!takes(decision, 1)) return items.toReversed();
  const { order = 'oldest-first' } = freedoms;
  switch (order) {
    case 'id':
      return items.toSorted(byId);
    case 'changed':
      return items.toSorted((one, other) => other.touched - one.touched);
    case 'oldest-first':
      return [...items];
  }
};

export const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : 1;

/** Those first for which something holds; apart from that the order stays. */
export const first = <Item>(items: readonly Item[], holds: (item: Item) => boolean): Item[] => [
  ...items.filter(holds),
  ...items.filter((item) => !holds(item)),
];
