import { isLoopback } from '../runtime/listen.ts';
import type { DemoKey } from './demo/organizations.ts';

/** Says what a newcomer can do with the server, in 80 columns as far as the names in it allow. */
export const writeBanner = (welcome: Welcome, bold: Style): string => {
  const { url, demo = [], config } = welcome;
  const [first] = demo;
  const paragraphs = first
    ? [formatKeys(demo, config.seed, bold), formatCall(url, first, bold)]
    : formatFirstSteps(welcome, bold);
  return [...paragraphs, ...formatPublicityWarning(welcome), formatHints(config)]
    .map((paragraph) => `\n${paragraph}\n`)
    .join('');
};

const formatKeys = (demo: readonly DemoKey[], seed: number | undefined, bold: Style): string => {
  const lines = demo.flatMap(({ organization, plan, kind, key }, index) => {
    const heading = `  ${organization}, ${plan} plan`;
    const isNew = demo[index - 1]?.organization !== organization;
    return [...(isNew ? [heading] : []), `    ${kind.padEnd(11)} ${key}`];
  });
  return [`${bold('Keys of the demo organisations')} (seed ${String(seed)}):`, ...lines].join('\n');
};

const formatCall = (url: string, { key }: DemoKey, bold: Style): string =>
  [
    bold('A first call:'),
    `  curl -H 'Authorization: Bearer ${key}' \\`,
    `    '${url}/dossiers?per_page=3'`,
  ].join('\n');

/** Said where demo keys open more than invented data that nobody else reaches. */
const formatPublicityWarning = ({ publicSeed, config: { host, db } }: Welcome): string[] => {
  if (publicSeed === undefined) return [];
  const who = isLoopback(host) ? 'web pages' : 'other machines';
  const [what, how] =
    db === undefined
      ? ['use them', 'start the server']
      : ['change this file', 'start another file'];
  const lines = [
    `The keys of seed ${publicSeed} are public: ${who} can ${what}.`,
    `For keys of your own ${how} with --empty, or a --seed of 15 digits.`,
  ];
  return [lines.join('\n')];
};

const formatHints = ({ db }: Welcome['config']): string =>
  [
    'Pages of any origin may call the API, with credentials too. The header',
    '`Prefer: code=429` forces an answer, `Prefer: delay=500` a wait in milliseconds.',
    db === undefined
      ? 'Ctrl-C stops the server and forgets what was changed; --db FILE keeps it.'
      : `Ctrl-C stops the server; ${db} keeps what was changed.`,
  ].join('\n');

/** Says why there are no demo keys, and how to make a key. */
const formatFirstSteps = (welcome: Welcome, bold: Style): string[] => {
  const { controlUrl, demo, config, organization } = welcome;
  const why =
    demo && config.db !== undefined
      ? [
          `${config.db} holds data of its own, which is left as it is. If that is demo data of`,
          'another seed, its keys are shown with that --seed.',
        ]
      : ['There is no demo data.'];
  if (controlUrl === undefined) {
    return [[...why, 'To make keys, start the server without --no-control.'].join('\n')];
  }
  const steps = [
    ...(organization
      ? [`${bold('To make a key')} for ${organization.name}:`]
      : [
          `${bold('To make an organisation')}, and a key for it by the id in the answer:`,
          ...post(welcome, '/organizations', '{}'),
        ]),
    ...post(
      welcome,
      `/organizations/${organization?.id ?? 'ID'}/keys`,
      formatScopes(welcome.scopes()),
    ),
  ];
  return [why.join('\n'), steps.join('\n')];
};

/** A call of the control API. */
const post = ({ controlUrl, config }: Welcome, path: string, body: string): string[] => [
  `  curl -X POST -H 'Content-Type: application/json' \\`,
  ...(config.controlToken === undefined
    ? []
    : [`    -H "Authorization: Bearer $LEADGRID_CONTROL_TOKEN" \\`]),
  `    ${controlUrl ?? ''}${path} \\`,
  `    -d '${body}'`,
];

/** JSON may be broken into lines: as many words on each as fit. */
const formatScopes = (scopes: readonly string[]): string => {
  const lines: string[] = [];
  for (const scope of scopes) {
    const word = JSON.stringify(scope);
    const longer = [...lines.slice(-1), word].join(', ');
    if (lines.length > 0 && longer.length <= longest) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return `{"scopes": [${lines.join(',\n      ')}]}`;
};

/** How many characters of scopes there are in a line. */
const longest = 59;

/** What a newcomer must know of how the server runs. */
export interface WelcomeConfig {
  readonly host: string;
  readonly seed?: number;
  readonly db?: string;
  readonly controlToken?: string;
}

/** What there is to say of a server that has just started. */
interface Welcome {
  readonly url: string;
  /** Undefined without the control API. */
  readonly controlUrl: string | undefined;
  /** The demo keys that work; undefined if no demo data was asked for. */
  readonly demo: readonly DemoKey[] | undefined;
  /** The seed of demo keys that everybody can know, where that matters. */
  readonly publicSeed: number | undefined;
  readonly config: WelcomeConfig;
  /** An organisation to make keys for, if there is one. */
  readonly organization: { readonly id: string; readonly name: string } | undefined;
  /** All scopes that a key can have. */
  readonly scopes: () => readonly string[];
}

/** How a heading is shown. */
type Style = (text: string) => string;
