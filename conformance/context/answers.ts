import type { OperationId } from '../../openapi/contract.ts';
import type { Client } from '../http/client.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Expectations, expectThat } from './expectations.ts';

/**
 * The value of `data` in a response body.
 *
 * @throws Nonconformity when there is none
 */
export const dataOf = (json: unknown): unknown => {
  const data = (json as { data?: unknown } | null | undefined)?.data;
  expectThat(data !== undefined, 'a body with data', () => json);
  return data;
};

/** One page of a list. */
export interface Page {
  readonly items: readonly { readonly id: string }[];
  readonly total: number;
  /** Undefined where the target doesn't say. */
  readonly page: number | undefined;
  readonly perPage: number | undefined;
}

/**
 * The page in a response.
 *
 * @throws Nonconformity when the body is no page
 */
export const pageOf = ({ json }: Exchange): Page => {
  const { data, meta } = (json ?? {}) as {
    data?: { id: string }[];
    meta?: { total: number; page?: number; per_page?: number };
  };
  expectThat(Array.isArray(data), 'a list under data', () => json);
  expectThat(typeof meta?.total === 'number', 'a number as meta.total', () => ({ meta }));
  return {
    items: data ?? [],
    total: meta?.total ?? 0,
    page: meta?.page,
    perPage: meta?.per_page,
  };
};

/** Longer lists aren't read to the end. */
const mostPages = 1_000;

/**
 * Requests page 1, 2, 3, … until the total of the first page is reached, or a page is empty.
 *
 * @param enough - whether the pages after this one aren't needed
 */
export const walkPages = async (
  client: Client,
  operation: OperationId,
  query: Readonly<Record<string, string | readonly string[]>>,
  expect: Expectations,
  enough: (page: Page) => boolean = () => false,
): Promise<Page[]> => {
  const pages: Page[] = [];
  let seen = 0;
  for (let number = 1; number <= mostPages; number += 1) {
    const exchange = await client.send(operation, { query: { ...query, page: String(number) } });
    // No page past the end is requested: the response to it is a matter of decisions.
    expect.success(exchange);
    const page = pageOf(exchange);
    pages.push(page);
    seen += page.items.length;
    if (page.items.length === 0 || seen >= (pages[0]?.total ?? 0)) return pages;
    if (enough(page)) return pages;
  }
  return pages;
};
