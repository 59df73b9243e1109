/** The header that says which preferences were heeded (RFC 7240, section 3). */
export const appliedHeader = 'Preference-Applied';

/** A word of a list: anything but a comma or semicolon, save inside quotes. */
const piece = /(?:"(?:[^"\\]|\\.)*"|[^,;"])+|[,;]/g;

/**
 * Reads a Prefer header as RFC 7240 writes it: names in any letter case, values perhaps in quotes,
 * parameters after a semicolon (which say nothing here). The first of a name counts; one without a
 * value has an empty one.
 */
export const readPreferences = (header: string): ReadonlyMap<string, string> => {
  const preferences = new Map<string, string>();
  let isParameter = false;
  for (const [text] of header.matchAll(piece)) {
    if (text === ',' || text === ';') {
      isParameter = text === ';';
      continue;
    }
    const [name = '', ...value] = text.split('=');
    const key = name.trim().toLowerCase();
    if (isParameter || key === '' || preferences.has(key)) continue;
    preferences.set(key, unquote(value.join('=').trim()));
  }
  return preferences;
};

const unquote = (word: string): string =>
  /^".*"$/.test(word) ? word.slice(1, -1).replace(/\\(.)/g, '$1') : word;
