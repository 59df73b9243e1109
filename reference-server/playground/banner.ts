import { isLoopback } from '../config.ts';
import type { DemoKey } from './demo/keys.ts';
import { sayFirstSteps } from './first-steps.ts';
import type { Style, Welcome } from './welcome.ts';

/** Says what a newcomer can do with the server, in 80 columns as far as the names in it allow. */
export const writeBanner = (welcome: Welcome, bold: Style): string => {
  const { url, demo = [], config } = welcome;
  const [first] = demo;
  const paragraphs = first
    ? [sayKeys(demo, config.seed, bold), sayCall(url, first, bold)]
    : sayFirstSteps(welcome, bold);
  return [...paragraphs, ...sayPublicity(welcome), sayHints(config)]
    .map((paragraph) => `\n${paragraph}\n`)
    .join('');
};

const sayKeys = (demo: readonly DemoKey[], seed: number | undefined, bold: Style): string => {
  const lines = demo.flatMap(({ organization, plan, kind, key }, index) => {
    const heading = `  ${organization}, ${plan} plan`;
    const isNew = demo[index - 1]?.organization !== organization;
    return [...(isNew ? [heading] : []), `    ${kind.padEnd(11)} ${key}`];
  });
  return [`${bold('Keys of the demo organisations')} (seed ${String(seed)}):`, ...lines].join('\n');
};

const sayCall = (url: string, { key }: DemoKey, bold: Style): string =>
  [
    bold('A first call:'),
    `  curl -H 'Authorization: Bearer ${key}' \\`,
    `    '${url}/dossiers?per_page=3'`,
  ].join('\n');

/** Said where demo keys open more than invented data that nobody else reaches. */
const sayPublicity = ({ publicSeed, config: { host, db } }: Welcome): string[] => {
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

const sayHints = ({ db }: Welcome['config']): string =>
  [
    'Pages of any origin may call the API, with credentials too. The header',
    '`Prefer: code=429` forces an answer, `Prefer: delay=500` a wait in milliseconds.',
    db === undefined
      ? 'Ctrl-C stops the server and forgets what was changed; --db FILE keeps it.'
      : `Ctrl-C stops the server; ${db} keeps what was changed.`,
  ].join('\n');
