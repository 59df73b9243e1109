/** The decoded user and password of a URL, for Basic authentication. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Describes what is wrong with the URL of an endpoint; undefined if it is valid. Whether a receiver
 * is there shows in the delivery log.
 */
export const describeAddressProblem = (url: string): string | undefined => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    return (
      'url must begin with http:// or https://, and have a host and optionally a port ' +
      'from 1 to 65535, such as https://example.com/webhooks.'
    );
  }
  const address = new URL(url);
  if (address.port === '0') {
    return 'url must have a port from 1 to 65535: port 0 cannot be used.';
  }
  const decoded = [address.username, address.password].map(decode);
  if (decoded.includes(undefined)) {
    return (
      'url must have a user and password in percent-encoded UTF-8: write %25 for a percent sign, ' +
      'and %40 for an @.'
    );
  }
  // Basic authentication can't encode a colon in the user, nor a header control characters.
  if (decoded[0]?.includes(':')) {
    return 'url must have a user without a colon: Basic authentication separates user and password by a colon.';
  }
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  if (decoded.some((part) => /[\u0000-\u001f\u007f]/.test(part ?? ''))) {
    return 'url must have a user and password without control characters.';
  }
  return undefined;
};

/** The credentials in a URL; undefined if it has none. */
export const credentialsOf = (url: string): Credentials | undefined => {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return undefined;
  return { user: decode(username) ?? username, password: decode(password) ?? password };
};

export const basic = ({ user, password }: Credentials): string =>
  Buffer.from(`${user}:${password}`).toString('base64');

/** The log's replacement for a secret. */
export const maskedText = '***';

/** The URL with its password masked, or its user if there is no password. */
export const formatAddress = (url: string): string => {
  const address = new URL(url);
  if (address.password !== '') address.password = maskedText;
  else if (address.username !== '') address.username = maskedText;
  else return url;
  return address.href;
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
