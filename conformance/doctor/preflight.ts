import type { Contract } from '../../openapi/contract.ts';
import { Breakdown } from '../errors.ts';
import type { Protocol } from '../http/identify.ts';
import type { Omission } from '../targets/target.ts';
import type { Finding } from './findings.ts';
import { type Probe, type ProbeAnswer, type Read, readsOf } from './probe.ts';

/** A response to a read, or the error in its place. */
export interface Look {
  readonly read: Read;
  readonly answer: ProbeAnswer | undefined;
}

/** The reads that a look at a target consists of: the lists, unless they are omitted. */
export const lookedAt = (
  contract: Pick<Contract, 'operations' | 'scopes'>,
  omissions: readonly Omission[] = [],
): readonly Read[] => {
  const omitted = omissions.flatMap(({ operations = [] }) => operations);
  const left = Object.entries(contract.operations).filter(([id]) => !omitted.includes(id));
  const operations = Object.fromEntries(left) as Contract['operations'];
  return readsOf({ ...contract, operations }, undefined);
};

/** Sends the reads, with a key or without. */
export const look = async (
  reads: readonly Read[],
  probe: Probe,
  key: string | undefined,
): Promise<Look[]> => {
  const looks: Look[] = [];
  for (const read of reads) {
    const answer = await probe(read.path, key).catch((thrown: unknown) => {
      // Trouble on the way, such as a proxy, is not an answer.
      if (thrown instanceof Breakdown) throw thrown;
      return undefined;
    });
    looks.push({ read, answer });
  }
  return looks;
};

/** What a look is about. */
export interface Place {
  /** The base URL. */
  readonly url: string;
  /** What named it, such as `--target`. */
  readonly from: string;
  /** The name of the key that the reads were sent with; undefined without a key. */
  readonly key: string | undefined;
}

/** How a response differs from what a read with such a key is answered. */
type Symptom =
  | ('silent' | 'redirect' | 'html' | 'no-json' | 'empty' | 'http2' | 'plain-http')
  | ('unauthorized' | 'unpaid' | 'forbidden' | 'missing' | 'limited' | 'failing' | 'refused');

/**
 * Finds what makes every rule at a target meaningless. A target that answers a single read sensibly, be
 * it in a wrong form, is left to the rules.
 *
 * @returns the likely cause and the next step; undefined for a target that can be judged
 */
export const diagnose = (looks: readonly Look[], place: Place): Finding | undefined => {
  const symptoms = looks.map(({ answer }) => symptomOf(answer, place.key !== undefined));
  const [first] = symptoms;
  const answer = looks[0]?.answer;
  if (first === undefined || symptoms.some((one) => one === undefined || one === 'limited')) {
    return undefined;
  }
  if (symptoms.every((one) => one === first)) return describe(first, answer, place);
  const statuses = looks.map(
    ({ read, answer }) => `GET ${pathOf(read)} ${answer ? String(answer.status) : 'no response'}`,
  );
  const text = `No read at ${place.url} succeeds: ${statuses.join(', ')}.`;
  return { chapter: 'Target', mark: 'down', text, next: seeLog };
};

const pathOf = ({ path }: Read): string => path.replace(/\?.*$/, '');

const seeLog = 'Look at the log of the target.';

const symptomOf = (answer: ProbeAnswer | undefined, withKey: boolean): Symptom | undefined => {
  if (!answer) return 'silent';
  const { status, json, text } = answer;
  if (json === undefined && [400, 403, 426, 505].includes(status)) {
    if (/ALPN|HTTP\/2/i.test(text) || status === 505 || status === 426) return 'http2';
    if (/plain HTTP request|HTTP request to an HTTPS/i.test(text)) return 'plain-http';
  }
  if (status >= 300 && status < 400) return 'redirect';
  if (status < 300) return json === undefined && !claimsJson(answer) ? formOf(answer) : undefined;
  if (status === 401) return withKey ? 'unauthorized' : undefined;
  if (status === 404) return 'missing';
  if (status >= 500) return 'failing';
  // Without a key, any refusal in JSON is the business of the rules.
  if (!withKey) return json === undefined ? 'refused' : undefined;
  return refusals[status] ?? 'refused';
};

const refusals: Readonly<Record<number, Symptom>> = {
  402: 'unpaid',
  403: 'forbidden',
  429: 'limited',
};

const formOf = ({ text }: ProbeAnswer): Symptom => {
  if (text.trim() === '') return 'empty';
  return isHtml(text) ? 'html' : 'no-json';
};

/** An API whose JSON is broken is for the rules; a page or a text is from something else. */
const claimsJson = ({ headers, text }: ProbeAnswer): boolean =>
  /^\s*[[{"]/.test(text) || (/\bjson\b/i.test(headers.get('content-type') ?? '') && !isHtml(text));

const isHtml = (text: string): boolean =>
  /^\s*(<!--[^]*?-->\s*)*<(!doctype html|html|head)\b/i.test(text);

const describe = (symptom: Symptom, answer: ProbeAnswer | undefined, place: Place): Finding => {
  const { url, from } = place;
  const status = String(answer?.status ?? '');
  const shown = `${url} answers ${status}${answer && isHtml(answer.text) ? ' with HTML' : ''}`;
  const base = `Set ${from} to the base URL of the API, such as ${new URL(url).origin}/api/v1.`;
  switch (symptom) {
    case 'silent':
      return down(`No response from ${url}.`, `Start the target, or check ${from}.`);
    case 'redirect':
      return describeRedirect(answer, place);
    case 'html':
      return wrong(`${url} answers HTML: is this the base URL?`, base);
    case 'no-json':
      return wrong(`${url} answers something else than JSON: is this the base URL?`, base);
    case 'empty':
      return down(`${url} answers every read with ${status} and no body.`, seeLog);
    case 'http2':
      return unspoken('http2', place);
    case 'plain-http':
      return unspoken('tls', place);
    case 'missing': {
      const next = `Set ${from} to the base URL, such as ${url}/api/v1.`;
      return wrong(`${url} has no /dossiers (404).`, next);
    }
    case 'limited':
    case 'failing':
      return down(`${shown} to every read.`, waiting(answer));
    case 'refused':
      return down(`${shown} to every read.`, `Check ${from}. ${seeLog}`);
    case 'unauthorized':
    case 'unpaid':
    case 'forbidden':
      return describeRefusedKey(symptom, answer, place);
  }
};

const wrong = (text: string, next: string): Finding => ({
  ...{ chapter: 'Target', mark: 'wrong', text, next },
});

const down = (text: string, next: string): Finding => ({
  ...{ chapter: 'Target', mark: 'down', text, next },
});

const describeRefusedKey = (
  symptom: 'unauthorized' | 'unpaid' | 'forbidden',
  answer: ProbeAnswer | undefined,
  { url, from, key = 'the key' }: Place,
): Finding => {
  const html = answer !== undefined && isHtml(answer.text);
  const gateway = 'the headers of the gateway under headers in --config';
  const [text, next] = {
    unauthorized: html
      ? [
          `${url} refuses the key with 401 and HTML, as a gateway does that wants a key of its own.`,
          `Name ${gateway}, or check ${key} and ${from}.`,
        ]
      : [`${url} refuses the key with 401.`, `Check ${key} and ${from}.`],
    unpaid: [
      `${url} refuses the key with 402: the plan of its organisation has no API access.`,
      `Set ${key} to a key of an organisation whose plan has it.`,
    ],
    forbidden: [
      `${url} refuses every read with 403${html ? ' and HTML' : ''}: the key lacks all scopes, or a gateway refuses it.`,
      `Give ${key} every scope, or name ${gateway}.`,
    ],
  }[symptom] as [string, string];
  return { chapter: 'Keys', mark: 'wrong', text, next };
};

const waiting = (answer: ProbeAnswer | undefined): string =>
  [502, 503, 504].includes(answer?.status ?? 0)
    ? 'A gateway is in front of it: start the server behind, or wait until it is ready.'
    : seeLog;

/** Where a redirect leads; the base URL there if it is of the same read. */
const describeRedirect = (answer: ProbeAnswer | undefined, { url, from }: Place): Finding => {
  const location = answer?.headers.get('location') ?? undefined;
  const asked = answer?.asked ?? url;
  const leads = location !== undefined && URL.canParse(location, asked);
  const absolute = leads ? new URL(location, asked).href : undefined;
  const path = asked.slice(url.length);
  const base = absolute?.endsWith(path) ? absolute.slice(0, -path.length) : undefined;
  return {
    ...{ chapter: 'Target', mark: 'wrong' },
    text: `${url} redirects to ${absolute ?? location ?? 'nowhere'} (${String(answer?.status)}).`,
    next: base ? `Set ${from} to ${base}.` : `Set ${from} to the address behind the redirect.`,
  };
};

/** A server that speaks something else than HTTP/1.1 at this URL. */
export const unspoken = (protocol: Protocol, { url, from }: Omit<Place, 'key'>): Finding => {
  const [text, next] = {
    http2: [
      `${url} speaks only HTTP/2, and this suite HTTP/1.1.`,
      'Allow HTTP/1.1 at the server, or put a proxy in front of it that speaks both.',
    ],
    tls: [
      `${url} speaks TLS, but the URL begins with http.`,
      `Set ${from} to ${url.replace(/^http:/, 'https:')}.`,
    ],
    plain: [
      `${url} doesn't speak TLS, but the URL begins with https.`,
      `Set ${from} to ${url.replace(/^https:/, 'http:')}.`,
    ],
  }[protocol] as [string, string];
  return { chapter: 'Target', mark: 'wrong', text, next };
};

/**
 * The scopes that a key seems to lack: some reads are refused with 403. Only the user knows whether it
 * has them.
 */
export const describeLacking = (looks: readonly Look[], key: string): Finding | undefined => {
  const lacking = looks.filter(({ answer }) => answer?.status === 403);
  if (lacking.length === 0 || lacking.length === looks.length) return undefined;
  const scopes = lacking.map(({ read }) => read.scope).join(', ');
  const text = `${key} lacks ${scopes}, or the target refuses it wrongly (403).`;
  const next = 'Give the key every scope: otherwise a run accuses the target.';
  return { chapter: 'Keys', mark: 'warn', text, next };
};
