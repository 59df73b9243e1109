import { misuse } from '../breakdown.ts';

/**
 * Reads a base URL, without the slash at its end.
 *
 * @param from - what named it, such as `--target`
 * @throws Breakdown when it can't be one
 */
export const readUrl = (text: string, from: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && web && !/[?#]/.test(text) && url.username === '' && url.password === '') {
    return text.replace(/\/+$/, '');
  }
  if (url && web) throw misuse(`${from} must have no query, fragment or password. Leave them out.`);
  throw misuse(
    `${from} ${text} is no http or https URL. Give one such as http://127.0.0.1:4020/api/v1.`,
  );
};
