import type { Installation } from './installation.ts';

/** A request that isn't done, and what is answered instead. */
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

/** What goes wrong inside when a test asked for it. */
export class Accident extends Error {}

/** A message in the language of the server. */
export const say = ({ freedoms, next }: Installation, english: string, dutch: string): string => {
  const message = freedoms.language === 'nl' ? dutch : english;
  return freedoms.requestIdInMessage ? `${message} (request req_${next()})` : message;
};

/** A refusal of what the table of errors describes: missing, unknown or malformed. */
export const invalid = (installation: Installation, what: string): Refusal =>
  new Refusal(400, 'invalid_body', say(installation, `Invalid: ${what}.`, `Ongeldig: ${what}.`));

/** A refusal that the table of errors doesn't foresee (LG-ERR-023). */
export const unforeseen = (installation: Installation, what: string, code: string): Refusal => {
  const { message } = invalid(installation, what);
  const choice = installation.choice('LG-ERR-023');
  return new Refusal(choice === 2 ? 422 : 400, choice === 0 ? 'invalid_body' : code, message);
};

export const notFound = (installation: Installation, what: string, id?: string): Refusal => {
  const { echoIds } = installation.freedoms;
  const told = echoIds === 'upper-case' ? id?.toUpperCase() : id;
  const name = echoIds === undefined || told === undefined ? what : `${what} ${told}`;
  const message = say(installation, `${name} not found.`, `${name} niet gevonden.`);
  return new Refusal(404, 'not_found', message);
};

/** One of another organisation, where that is told apart from none at all (LG-ERR-029). */
export const foreign = (installation: Installation, what: string): Refusal => {
  const told = say(installation, `${what} isn't yours.`, `${what} is niet van u.`);
  return new Refusal(404, 'not_found', told);
};

/** A page that begins beyond the end of its list (LG-GEN-022). */
export const beyond = (installation: Installation, page: number): Refusal =>
  new Refusal(
    416,
    'page_not_available',
    say(installation, `No page ${page}.`, `Geen pagina ${page}.`),
  );

export const conflict = (installation: Installation, code: string, english: string): Refusal =>
  new Refusal(409, code, say(installation, english, `Conflict: ${english}`));

export const duplicate = (installation: Installation): Refusal =>
  conflict(installation, 'duplicate_contact', 'A contact with this address exists.');

/** What is answered to a body or a file that is too large. */
export const tooLarge = (
  installation: Installation,
  decision: 'LG-CV-020' | 'LG-CV-032' | 'LG-GEN-043',
): Refusal =>
  installation.takes(decision, decision === 'LG-CV-032' ? 2 : 1)
    ? new Refusal(413, 'too_large', say(installation, 'That is too large.', 'Dat is te groot.'))
    : unforeseen(installation, 'that is too large', 'too_large');
