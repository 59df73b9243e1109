const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Only of these is it known what a well-formed id of nothing looks like. */
export const isUuid = (id: string): boolean => uuid.test(id);

/**
 * An id of nothing that looks like a given one. Of a UUID it changes the last twelve digits, each
 * to another. The ids of dossiers and notes may have other forms (LG-GEN-045): counted ones are
 * raised far ahead of those in use, and of others the last few letters and digits as far as they go.
 */
export const unknownIdLike = (id: string): string => {
  if (isUuid(id)) return id.slice(0, -12) + id.slice(-12).replace(/./g, complement);
  // Nine digits are still a number of 32 bits.
  if (/^\d{1,8}$/.test(id)) return `9${id.padStart(8, '0')}`;
  // A prefix such as `dos_` says nothing of the digits behind it.
  const letter = /^[0-9a-f]+$/i.test(id.replace(/^.*[^0-9a-z]/i, '')) ? 'f' : 'z';
  const raised = id.replace(lastSix, (end) => raise(end, letter));
  return raised === id ? id.replace(lastSix, (end) => end.replace(/[0-9a-z]/gi, '1')) : raised;
};

/** Up to six letters and digits at the end, whatever signs stand among them. */
const lastSix = /(?:[0-9a-z][^0-9a-z]*){1,6}$/i;

const complement = (digit: string): string => (15 - Number.parseInt(digit, 16)).toString(16);

const raise = (text: string, letter: string): string =>
  text.replace(/[0-9]/g, '9').replace(/[a-z]/g, letter).replace(/[A-Z]/g, letter.toUpperCase());
