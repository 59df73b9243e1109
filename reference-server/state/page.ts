import type { Rows } from './sequence.ts';

type ByPosition<Row> = Pick<Rows<Row>, 'length' | 'at'>;

/** Which page; both count from 1. */
export interface PageRequest {
  readonly page: number;
  readonly per_page: number;
}

export interface Page<Row> {
  readonly data: readonly Row[];
  readonly meta: { readonly total: number; readonly page: number; readonly per_page: number };
}

/**
 * One page of the rows that match, the last row first; beyond the end it is empty.
 *
 * Without a filter it reads the rows of the page only (LG-GEN-014 to LG-GEN-019, LG-GEN-022).
 */
export const pageNewestFirst = <Row>(
  rows: Rows<Row>,
  request: PageRequest,
  matches?: (row: Row) => boolean,
): Page<Row> => cut(reversed(rows), request, matches);

/** One page of rows as they stand. */
export const pageInOrder = <Row>(rows: Rows<Row>, request: PageRequest): Page<Row> =>
  cut(rows, request);

const cut = <Row>(
  rows: ByPosition<Row>,
  { page, per_page }: PageRequest,
  matches?: (row: Row) => boolean,
): Page<Row> => {
  const first = (page - 1) * per_page;
  const { data, total } = matches
    ? filter(rows, first, per_page, matches)
    : slice(rows, first, per_page);
  return { data, meta: { total, page, per_page } };
};

type Cut<Row> = { data: Row[]; total: number };

const slice = <Row>(rows: ByPosition<Row>, first: number, count: number): Cut<Row> => {
  const data: Row[] = [];
  for (let index = first; index < Math.min(first + count, rows.length); index += 1) {
    data.push(rows.at(index) as Row);
  }
  return { data, total: rows.length };
};

const filter = <Row>(
  rows: ByPosition<Row>,
  first: number,
  count: number,
  matches: (row: Row) => boolean,
): Cut<Row> => {
  const data: Row[] = [];
  let total = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows.at(index) as Row;
    if (!matches(row)) continue;
    if (total >= first && data.length < count) data.push(row);
    total += 1;
  }
  return { data, total };
};

const reversed = <Row>(rows: ByPosition<Row>): ByPosition<Row> => ({
  length: rows.length,
  at: (index) => rows.at(rows.length - 1 - index),
});
