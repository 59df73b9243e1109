import { asText } from './as-text.ts';
import type { Exchange } from './exchange.ts';

/** What an answer says to somebody who sent these ids: all but them, and what was made. */
export const toldOf = ({ response, json }: Exchange, ...ids: readonly string[]): unknown => {
  const { error, meta } = (json ?? {}) as {
    error?: { code?: unknown; message?: unknown };
    meta?: { total?: unknown };
  };
  const message = ids.reduce((text, id) => text.replaceAll(id, '…'), asText(error?.message));
  return { status: response.status, code: error?.code, message, total: meta?.total };
};
