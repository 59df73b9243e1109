import { STATUS_CODES } from 'node:http';
import type { Report, ReportedBody, ReportedExchange, ReportedRule } from '../report/report.ts';
import { describeCaveat, verdictOf } from './summary.ts';

/**
 * The exchanges of every failure as an HTTP archive (HAR 1.2), with a page for each failure, for a
 * browser or a proxy. Exchanges of rules that passed aren't kept.
 */
export const reportHar = (report: Report): string => {
  const failed = report.rules.filter(({ counterexample }) => counterexample !== null);
  const { version } = report.suite;
  const log = {
    version: '1.2',
    creator: { name: 'leadgrid-conformance', version },
    pages: failed.map((rule) => page(rule, report)),
    entries: failed.flatMap(({ id, counterexample }) =>
      (counterexample?.exchanges ?? []).map((exchange) => entry(id, exchange)),
    ),
    comment: `${outcomeOf(report)} The exchanges of failures only, secrets as variables.`,
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
};

const outcomeOf = (report: Report): string => {
  const caveat = describeCaveat(report);
  const early = report.endedEarly === null ? '' : ` ${report.endedEarly}`;
  return `${verdictOf(report)}${caveat && `: ${caveat}`}.${early}`;
};

const page = ({ id, sentence, counterexample }: ReportedRule, { startedAt }: Report) => ({
  startedDateTime: counterexample?.exchanges[0]?.startedAt ?? startedAt,
  id,
  title: `${id}: ${sentence}`,
  pageTimings: {},
  comment: `expected ${counterexample?.expected ?? ''}, but got ${counterexample?.actual ?? ''}`,
});

const entry = (pageref: string, exchange: ReportedExchange) => ({
  ...{ pageref, startedDateTime: exchange.startedAt, time: exchange.milliseconds },
  request: requestOf(exchange),
  response: responseOf(exchange),
  cache: {},
  timings: { send: 0, wait: exchange.milliseconds, receive: 0 },
  ...commentOn(exchange),
});

const commentOn = ({ operation, received }: ReportedExchange): { comment?: string } => {
  if (received) return { comment: 'A delivery: the target sent it. The response is not kept.' };
  return operation === null ? {} : { comment: operation };
};

/** HAR's value for an unknown size: that of the headers on the wire isn't recorded. */
const unknownSize = -1;
const httpVersion = 'HTTP/1.1';

const requestOf = ({ request: { method, url, headers, body } }: ReportedExchange) => ({
  ...{ method, url, httpVersion, cookies: [], headers: pairs(headers) },
  queryString: queryOf(url),
  ...(body === null ? {} : { postData: postData(body, headers['content-type'] ?? '') }),
  ...{ headersSize: unknownSize, bodySize: body?.bytes ?? 0 },
});

const responseOf = ({ response: { status, headers, body } }: ReportedExchange) => ({
  ...{ status, statusText: STATUS_CODES[status] ?? '', httpVersion, cookies: [] },
  headers: pairs(headers),
  content: {
    ...{ size: body?.bytes ?? 0, mimeType: headers['content-type'] ?? '' },
    ...(body === null ? {} : contentOf(body)),
  },
  redirectURL: headers['location'] ?? '',
  ...{ headersSize: unknownSize, bodySize: body?.bytes ?? 0 },
});

const postData = (body: ReportedBody, mimeType: string) => ({
  ...{ mimeType, params: [], text: body.content },
  // HAR has a field for the encoding in responses only.
  ...noteOn(body, body.encoding === 'base64' ? 'The text is base64.' : ''),
});

const contentOf = (body: ReportedBody) => ({
  text: body.content,
  ...(body.encoding === 'base64' ? { encoding: 'base64' } : {}),
  ...noteOn(body, ''),
});

const noteOn = ({ cut, bytes }: ReportedBody, encoding: string): { comment?: string } => {
  const beginning = cut ? `Only the beginning of ${String(bytes)} bytes.` : '';
  const comment = [encoding, beginning].filter(Boolean).join(' ');
  return comment === '' ? {} : { comment };
};

const pairs = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

const queryOf = (url: string) =>
  [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
