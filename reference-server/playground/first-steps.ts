import type { Style, Welcome } from './welcome.ts';

/** Says why there are no demo keys, and how to make a key. */
export const sayFirstSteps = (welcome: Welcome, bold: Style): string[] => {
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
      sayScopes(welcome.scopes()),
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
const sayScopes = (scopes: readonly string[]): string => {
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
