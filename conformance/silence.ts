import { messageOf } from './breakdown.ts';

/** What stands behind a request that was not answered, in words, by the code that the system gives. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/^ECONNREFUSED$/, 'nothing listens at this port'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'the name of the host is unknown'],
  [/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/, 'the host is out of reach'],
  [/^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/, 'the connection was closed without an answer'],
  [
    /^(EPROTO|ERR_SSL_)/,
    'what listens there does not speak TLS; it may want http in place of https',
  ],
  [/^HPE_/, 'what listens there does not speak HTTP; it may want https in place of http'],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    'its TLS certificate is not trusted; see NODE_EXTRA_CA_CERTS',
  ],
];

/** Says why nobody answered: a clause in words, and the code for who looks it up. */
export const explainSilence = (thrown: unknown): string => {
  const code = codeOf(thrown);
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return 'it took too long to answer';
  const known = causes.find(([pattern]) => code !== undefined && pattern.test(code));
  return known && code !== undefined ? `${known[1]} (${code})` : messageOf(thrown);
};

/** Node tells it on the error itself, fetch on its cause. */
const codeOf = (thrown: unknown): string | undefined => {
  const { code, cause } = thrown as { code?: unknown; cause?: { code?: unknown } };
  const told = typeof code === 'string' ? code : cause?.code;
  return typeof told === 'string' ? told : undefined;
};
