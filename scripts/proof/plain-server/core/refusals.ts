import type { Installation } from './installation.ts';

/** A refusal, with its response. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** An internal error that a test requested. */
export class InternalError extends Error {}

/** A message in the server's language. */
export const formatMessage = (
  { variations, next }: Installation,
  english: string,
  dutch: string,
): string => {
  const message = variations.language === 'nl' ? dutch : english;
  return variations.requestIdInMessage ? `${message} (request req_${next()})` : message;
};

/** A refusal from the documented error table: something is missing, unknown or malformed. */
export const invalid = (installation: Installation, what: string): Refusal =>
  new Refusal(
    400,
    'invalid_body',
    formatMessage(installation, `Invalid: ${what}.`, `Ongeldig: ${what}.`),
  );

/** A refusal that the error table doesn't list (LG-ERR-023). */
export const undocumentedRefusal = (
  installation: Installation,
  what: string,
  code: string,
): Refusal => {
  const { message } = invalid(installation, what);
  const choice = installation.choice('LG-ERR-023');
  return new Refusal(choice === 2 ? 422 : 400, choice === 0 ? 'invalid_body' : code, message);
};

export const notFound = (installation: Installation, what: string, id?: string): Refusal => {
  const { echoIds } = installation.variations;
  const shownId = echoIds === 'upper-case' ? id?.toUpperCase() : id;
  const name = echoIds === undefined || shownId === undefined ? what : `${what} ${shownId}`;
  const message = formatMessage(installation, `${name} not found.`, `${name} niet gevonden.`);
  return new Refusal(404, 'not_found', message);
};

/** For an id of another organisation, if its message differs (LG-ERR-029). */
export const foreign = (installation: Installation, what: string): Refusal => {
  const message = formatMessage(installation, `${what} isn't yours.`, `${what} is niet van u.`);
  return new Refusal(404, 'not_found', message);
};

/** A page beyond the end of its list (LG-GEN-022). */
export const beyond = (installation: Installation, page: number): Refusal =>
  new Refusal(
    416,
    'page_not_available',
    formatMessage(installation, `No page ${page}.`, `Geen pagina ${page}.`),
  );

export const conflict = (installation: Installation, code: string, english: string): Refusal =>
  new Refusal(409, code, formatMessage(installation, english, `Conflict: ${english}`));

export const duplicate = (installation: Installation): Refusal =>
  conflict(installation, 'duplicate_contact', 'A contact with this address exists.');

/** The refusal of a body, text or file that is too large. */
export const tooLarge = (
  installation: Installation,
  decision: 'LG-CV-020' | 'LG-CV-032' | 'LG-GEN-043',
): Refusal =>
  installation.takes(decision, decision === 'LG-CV-032' ? 2 : 1)
    ? new Refusal(
        413,
        'too_large',
        formatMessage(installation, 'That is too large.', 'Dat is te groot.'),
      )
    : undocumentedRefusal(installation, 'that is too large', 'too_large');
