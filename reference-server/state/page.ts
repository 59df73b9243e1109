import type { NewestRows, Rows } from './sequence.ts';

/** The requested page; both count from 1. */
export interface PageRequest {
  readonly page: number;
  readonly per_page: number;
}

export interface Page<Row> {
  readonly data: readonly Row[];
  readonly meta: { readonly total: number; readonly page: number; readonly per_page: number };
}

/**
 * One page of rows, the last one first; beyond the end it is empty. Only the rows of the page are
 * read (LG-GEN-014 to LG-GEN-019, LG-GEN-022).
 */
export const pageOfNewest = <Row>(
  rows: NewestRows<Row>,
  { page, per_page }: PageRequest,
): Page<Row> => ({
  data: rows.newest((page - 1) * per_page, per_page),
  meta: { total: rows.length, page, per_page },
});

/** One page of the rows that match, the last one first. Without an index: all rows are read. */
export const pageNewestFirst = <Row>(
  rows: Iterable<Row>,
  { page, per_page }: PageRequest,
  matches: (row: Row) => boolean,
): Page<Row> => {
  const found = [...rows].filter(matches).reverse();
  const first = (page - 1) * per_page;
  return {
    data: found.slice(first, first + per_page),
    meta: { total: found.length, page, per_page },
  };
};

/** One page of rows in their order. */
export const pageInOrder = <Row>(rows: Rows<Row>, { page, per_page }: PageRequest): Page<Row> => {
  const first = (page - 1) * per_page;
  const data: Row[] = [];
  for (let index = first; index < Math.min(first + per_page, rows.length); index += 1) {
    data.push(rows.at(index) as Row);
  }
  return { data, meta: { total: rows.length, page, per_page } };
};
