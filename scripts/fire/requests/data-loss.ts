import type { Operation } from '../../../openapi/contract.ts';
import type { AnswerCheck } from '../harness/answer-checks.ts';
import type { WireAnswer } from '../harness/http-connection.ts';
import type { FormPart, Planned } from './draft.ts';

/**
 * Checks that a successful write has stored everything that was sent, and that the contract allows
 * the body; otherwise it had to be refused.
 */
export const complainOfLoss = (
  check: AnswerCheck,
  operation: Operation,
  { draft, parts, operation: planned }: Planned,
  response: WireAnswer,
): string | undefined => {
  if (!draft.body || operation.id !== planned.id) return undefined;
  const { data = {} } = JSON.parse(response.body) as { data?: Readonly<Record<string, unknown>> };
  if (parts && typeOf(draft.headers) === 'multipart/form-data')
    return lostParts(parts, draft.body, data);
  if (typeOf(draft.headers) !== 'application/json' || isEncoded(draft.headers)) return undefined;
  const sent = parse(draft.body);
  if (sent === undefined) return 'it accepted a body that is not JSON';
  if (!check.isLawfulBody(operation, sent)) return 'it accepted a body that the contract forbids';
  return lostFields(check.fieldsOf(operation), sent as Readonly<Record<string, unknown>>, data);
};

type Headers = Planned['draft']['headers'];

const typeOf = (headers: Headers): string =>
  (headers.find(([name]) => name === 'Content-Type')?.[1] ?? '').split(';', 1).join().trim();

const isEncoded = (headers: Headers): boolean =>
  headers.some(([name]) => name === 'Content-Encoding');

const parse = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
};

const lostFields = (
  fields: ReadonlySet<string>,
  sent: Readonly<Record<string, unknown>>,
  data: Readonly<Record<string, unknown>>,
): string | undefined => {
  const lost = Object.entries(sent).find(
    ([name, value]) => typeof value === 'string' && fields.has(name) && isLost(value, data[name]),
  );
  return lost && `a field was sent and is lost: ${lost[0]} is ${show(data[lost[0]])}`;
};

/** A field that this response doesn't have isn't counted as lost. */
const isLost = (sent: string, returned: unknown): boolean =>
  typeof returned === 'string' || typeof returned === 'number'
    ? String(returned) !== sent
    : returned === null;

const lostParts = (
  parts: readonly FormPart[],
  body: Buffer,
  data: Readonly<Record<string, unknown>>,
): string | undefined => {
  const written = partsIn(body);
  // A mutation of a boundary joins two parts into one.
  if (written.length !== parts.length) return undefined;
  for (const [index, { name, bytes, isFile }] of parts.entries()) {
    // A mutation may have changed the part.
    const part = written[index] ?? '';
    if (!part.endsWith(`\r\n\r\n${bytes.toString('latin1')}`) || !part.includes(name)) continue;
    if (isFile && data['cv_url'] === null) return `a file was sent and is lost: ${name}`;
    if (isFile) continue;
    const text = decode(bytes);
    if (text === undefined) return `a part was accepted though it isn't UTF-8: ${name}`;
    const number = typeof data[name] === 'number' ? String(Number(text)) : text;
    if (isLost(number, data[name])) {
      return `a part was sent and is lost: ${name} is ${show(data[name])}`;
    }
  }
  return undefined;
};

/** The parts of a form with their headers, one character per byte. */
const partsIn = (body: Buffer): string[] => {
  const text = body.toString('latin1');
  const [line = ''] = text.split('\r\n', 1);
  return text.split(`\r\n${line}`).slice(0, -1);
};

const show = (value: unknown): string => JSON.stringify(value).slice(0, 100);

const decode = (bytes: Buffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
