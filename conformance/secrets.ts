/** The variables whose values are nobody's business. */
const secretName = /^LEADGRID_.*(KEY|TOKEN)$/;

/**
 * Makes the filter that all output goes through: keys and tokens are told by the names of their
 * variables, and whatever else looks like a key is told as one.
 */
export const createFilter = (
  environment: Readonly<Record<string, string | undefined>>,
): ((text: string) => string) => {
  const secrets = Object.entries(environment).filter(
    (entry): entry is [string, string] => secretName.test(entry[0]) && (entry[1] ?? '') !== '',
  );
  return (text) =>
    secrets
      .reduce((told, [name, secret]) => told.replaceAll(secret, `$${name}`), text)
      .replaceAll(/lg_live_[\w-]+/gi, 'lg_live_***');
};
