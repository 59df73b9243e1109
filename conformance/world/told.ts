import type { Exchange } from './exchange.ts';

/** What an answer says to somebody who sent this id: all but the id itself, and what was made. */
export const toldOf = ({ response, json }: Exchange, id: string): unknown => {
  const { error, meta } = (json ?? {}) as {
    error?: { code?: unknown; message?: unknown };
    meta?: { total?: unknown };
  };
  const message = String(error?.message).replaceAll(id, '…');
  return { status: response.status, code: error?.code, message, total: meta?.total };
};
