import { onDraft, type Draft } from '../../../../../conformance/liars/drafts.ts';
import { onWire, type Fault } from '../../fault.ts';

/** Looks for a key elsewhere where the Authorization header has none. */
const readFrom = (find: (draft: Draft) => unknown) =>
  onDraft((draft) => {
    const key = draft.headers.has('authorization') ? undefined : find(draft);
    if (typeof key === 'string') draft.headers.set('authorization', `Bearer ${key}`);
  });

/** Takes what an Authorization header of another form holds for a bearer token. */
const readAlso = (find: (header: string) => string | undefined) =>
  onDraft(({ headers }) => {
    const key = find(headers.get('authorization') ?? '');
    if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  });

const fieldIn = ({ body = '' }: Draft, name: string): unknown =>
  body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>)[name] : undefined;

const decode = (text: string): string => Buffer.from(text, 'base64').toString();

/** Where and how keys are read that shouldn't be read. */
export const places: readonly Fault[] = [
  onWire(
    'authentication/query-key',
    'LG-AUT-003',
    'takes the key from the query as well',
    readFrom(({ url }) => url.searchParams.get('access_token')),
  ),
  onWire(
    'authentication/header-of-its-own',
    'LG-AUT-003',
    'takes the key from X-API-Key where something is to be deleted',
    readFrom(({ headers, method }) => method === 'DELETE' && headers.get('x-api-key')),
  ),
  onWire(
    'authentication/cookie',
    'LG-AUT-003',
    'takes the key from a cookie, as its own pages send it',
    readFrom(({ headers }) => /lg_live_[^;]+/.exec(headers.get('cookie') ?? '')?.[0]),
  ),
  onWire(
    'authentication/key-in-body',
    'LG-AUT-003',
    'takes the key from a field of a JSON body',
    readFrom((draft) => fieldIn(draft, 'api_key')),
  ),
  onWire(
    'authentication/any-scheme',
    'LG-AUT-004',
    'takes the second word of the Authorization header, whatever the first is',
    readAlso((header) => /^\w+ (\S+)$/.exec(header)?.[1]),
  ),
  onWire(
    'authentication/no-scheme',
    'LG-AUT-004',
    'takes a key that stands alone in the Authorization header',
    readAlso((header) => /^lg_live_\S+$/.exec(header)?.[0]),
  ),
  onWire(
    'authentication/basic-password',
    'LG-AUT-004',
    'takes a key as the password of basic authentication',
    readAlso((header) => {
      const [, credentials] = /^Basic (\S+)$/.exec(header) ?? [];
      return credentials === undefined ? undefined : decode(credentials).split(':')[1];
    }),
  ),
];
