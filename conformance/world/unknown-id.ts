const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only of these is it known what a well-formed id of nothing looks like. */
export const isUuid = (id: string): boolean => uuid.test(id);

/**
 * An id of nothing that looks like a given one. Of a UUID it changes the last twelve digits, each
 * to another; the ids of dossiers and notes may have other forms (LG-GEN-045), of which it raises
 * the last few characters as far as they go, so that counted ids are ahead of those in use.
 */
export const unknownIdLike = (id: string): string =>
  isUuid(id)
    ? id.slice(0, -12) + id.slice(-12).replace(/./g, complement)
    : id.replace(/[0-9a-z]{1,6}$/i, (end) => raise(end, /^[0-9a-f]+$/i.test(id) ? 'f' : 'z'));

const complement = (digit: string): string => (15 - Number.parseInt(digit, 16)).toString(16);

const raise = (text: string, letter: string): string =>
  text.replace(/[0-9]/g, '9').replace(/[a-z]/g, letter).replace(/[A-Z]/g, letter.toUpperCase());
