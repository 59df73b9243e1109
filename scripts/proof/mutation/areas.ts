/** What of the reference server is mutated, part by part; the smallest first. */
export const areas = {
  flows: ['flows/**'],
  notes: ['notes/**'],
  links: ['links/**'],
  contacts: ['contacts/**'],
  dossiers: ['dossiers/**'],
  webhooks: ['webhooks/**'],
  state: ['state/**', 'sleepers.ts', 'services.ts', 'commit.ts'],
  pipeline: ['http/**', 'app.ts', 'server.ts', 'handlers.ts'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Area = keyof typeof areas;

/** What isn't mutated, each with its reason. Paths are below `reference-server/`. */
export const leftOut: Readonly<Record<string, string>> = {
  'playground/**':
    'Demo data, pages and the Prefer header are extras of this server; the API has none of them.',
  'persistence/**': 'No database is opened here; `npm run proof:kill` judges what is kept.',
  'control/**': 'The control API is the equipment of the tests, not what they judge.',
  'cli.ts': 'The command line is no part of the API.',
  'options.ts': 'The command line is no part of the API.',
  'config.ts': 'It reads the command line.',
  'stop.ts': 'It handles the signals of the process.',
  'listening.ts': 'It opens and closes the port; only who starts the server sees its errors.',
  'http/complaint.ts':
    'It only words the messages of refusals, which the documentation leaves open.',
  'http/self-check.ts': 'It is off unless asked for, so that the rules alone find what is wrong.',
};

/** The patterns of files to mutate, from the top of the repository. */
export const patternsOf = (chosen: readonly Area[]): string[] => [
  ...chosen.flatMap((area) => areas[area].map((pattern) => inServer(pattern))),
  ...Object.keys(leftOut).map((pattern) => `!${inServer(pattern)}`),
];

/** The area of a file, whose path is given from the top of the repository; none if it is left out. */
export const areaOf = (file: string): Area | undefined =>
  Object.keys(leftOut).some((pattern) => isIn(file, pattern))
    ? undefined
    : (Object.keys(areas) as Area[]).find((area) =>
        areas[area].some((pattern) => isIn(file, pattern)),
      );

const isIn = (file: string, pattern: string): boolean =>
  file.startsWith(inServer(pattern.replace('**', '')));

const inServer = (pattern: string): string =>
  `reference-server/${pattern.endsWith('**') ? `${pattern}/*.ts` : pattern}`;
