import { isLoopback } from '../runtime/listen.ts';
import type { DemoKey } from './demo/organizations.ts';

/** Formats the first steps with the server, in 80 columns unless names are too long. */
export const formatBanner = (data: BannerData, bold: Style): string => {
  const { url, demo = [], config } = data;
  const [first] = demo;
  const paragraphs = first
    ? [formatKeys(demo, config.seed, bold), formatCall(url, first, bold)]
    : formatFirstSteps(data, bold);
  return [...paragraphs, ...formatPublicityWarning(data), formatHints(config)]
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
    bold('A first request:'),
    `  curl -H 'Authorization: Bearer ${key}' \\`,
    `    '${url}/dossiers?per_page=3'`,
  ].join('\n');

/** Warns if others can use the demo keys, or if they open saved data. */
const formatPublicityWarning = ({ publicSeed, config: { host, db } }: BannerData): string[] => {
  if (publicSeed === undefined) return [];
  const who = isLoopback(host) ? 'web pages' : 'other machines';
  const [what, how] =
    db === undefined
      ? ['use them', 'start the server']
      : ['change this file', 'start another file'];
  const lines = [
    `The API keys of seed ${publicSeed} are public: ${who} can ${what}.`,
    `For your own keys ${how} with --empty, or a --seed of 15 digits.`,
  ];
  return [lines.join('\n')];
};

const formatHints = ({ db }: BannerData['config']): string =>
  [
    'Pages of any origin may call the API, with credentials too. The header',
    '`Prefer: code=429` forces a response, `Prefer: delay=500` delays it (ms).',
    db === undefined
      ? 'Ctrl-C stops the server and discards your changes; --db FILE saves them.'
      : `Ctrl-C stops the server; your changes are saved in ${db}.`,
  ].join('\n');

/** Explains why there are no demo keys, and how to create a key. */
const formatFirstSteps = (data: BannerData, bold: Style): string[] => {
  const { controlUrl, demo, config, organization } = data;
  const why =
    demo && config.db !== undefined
      ? [
          `${config.db} already has data, so none was added. If that is demo data of`,
          'another seed, start with that --seed to see its keys.',
        ]
      : ['There is no demo data.'];
  if (controlUrl === undefined) {
    return [[...why, 'To create keys, start the server without --no-control.'].join('\n')];
  }
  const steps = [
    ...(organization
      ? [`${bold('To create a key')} for ${organization.name}:`]
      : [
          `${bold('To create an organisation')}, and a key for it with the id in the response:`,
          ...post(data, '/organizations', '{}'),
        ]),
    ...post(data, `/organizations/${organization?.id ?? 'ID'}/keys`, formatScopes(data.scopes())),
  ];
  return [why.join('\n'), steps.join('\n')];
};

/** A call of the control API. */
const post = ({ controlUrl, config }: BannerData, path: string, body: string): string[] => [
  `  curl -X POST -H 'Content-Type: application/json' \\`,
  ...(config.controlToken === undefined
    ? []
    : [`    -H "Authorization: Bearer $LEADGRID_CONTROL_TOKEN" \\`]),
  `    ${controlUrl ?? ''}${path} \\`,
  `    -d '${body}'`,
];

/** Breaks the JSON into lines. */
const formatScopes = (scopes: readonly string[]): string => {
  const lines: string[] = [];
  for (const scope of scopes) {
    const word = JSON.stringify(scope);
    const longer = [...lines.slice(-1), word].join(', ');
    if (lines.length > 0 && longer.length <= maxScopesWidth) lines.splice(-1, 1, longer);
    else lines.push(word);
  }
  return `{"scopes": [${lines.join(',\n      ')}]}`;
};

/** The maximum characters of scopes in a line. */
const maxScopesWidth = 59;

/** The configuration that the banner needs. */
export interface BannerConfig {
  readonly host: string;
  readonly seed?: number;
  readonly db?: string;
  readonly controlToken?: string;
}

/** What the banner shows about a server. */
interface BannerData {
  readonly url: string;
  /** Undefined without the control API. */
  readonly controlUrl: string | undefined;
  /** The demo keys that work; undefined without `--seed` or with `--empty`. */
  readonly demo: readonly DemoKey[] | undefined;
  /** The seed of demo keys that anybody can compute, if that is a risk. */
  readonly publicSeed: number | undefined;
  readonly config: BannerConfig;
  /** An organisation to create keys for, if there is one. */
  readonly organization: { readonly id: string; readonly name: string } | undefined;
  /** All scopes that a key can have. */
  readonly scopes: () => readonly string[];
}

/** Styles a heading. */
type Style = (text: string) => string;
