/** The user and password of an address, as Basic authentication sends them. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * Says what is wrong with the address of an endpoint, and what it must be; undefined if events can
 * be sent there. Whether anybody answers is another question, and for the delivery log.
 */
export const describeAddressProblem = (url: string): string | undefined => {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    return (
      'url must be an address that begins with http:// or https://, with a host and perhaps a port ' +
      'from 1 to 65535, such as https://example.com/webhooks.'
    );
  }
  const address = new URL(url);
  if (address.port === '0') {
    return 'url must have a port from 1 to 65535: nothing can be reached at port 0.';
  }
  const decoded = [address.username, address.password].map(decode);
  if (decoded.includes(undefined)) {
    return (
      'url must have a user and password in percent-encoded UTF-8: write %25 for a percent sign, ' +
      'and %40 for an @.'
    );
  }
  // What Basic authentication can't tell apart, or a header can't hold.
  if (decoded[0]?.includes(':')) {
    return 'url must have a user without a colon: Basic authentication ends the user there.';
  }
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  if (decoded.some((part) => /[\u0000-\u001f\u007f]/.test(part ?? ''))) {
    return 'url must have a user and password without control characters.';
  }
  return undefined;
};

/** The credentials in an address; undefined if it has none. */
export const credentialsOf = (url: string): Credentials | undefined => {
  const { username, password } = new URL(url);
  if (username === '' && password === '') return undefined;
  return { user: decode(username) ?? username, password: decode(password) ?? password };
};

export const basic = ({ user, password }: Credentials): string =>
  Buffer.from(`${user}:${password}`).toString('base64');

/** What the log shows in place of a secret. */
export const hidden = '***';

/** The address without what is secret in it: the password, or the user if that is all there is. */
export const formatAddress = (url: string): string => {
  const address = new URL(url);
  if (address.password !== '') address.password = hidden;
  else if (address.username !== '') address.username = hidden;
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
