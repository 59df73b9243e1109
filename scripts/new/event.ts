import { eventsOf } from '../contract/description.ts';
import { addReference, readBundle } from './contract-text.ts';
import { Misuse, openDraft, placeholder, type Scaffold } from './draft.ts';
import { addToBlock, camelCase, requireForm } from './source-text.ts';

const serverEvents = 'reference-server/webhooks/events.ts';
const suiteEvents = 'conformance/assertions/events.ts';

/**
 * An event: its webhook, its cause in the server, which never happens until it is written, and how
 * the suite causes it.
 *
 * @throws Misuse for a name that exists or has another form
 */
export const scaffoldEvent = async (root: string, name: string): Promise<Scaffold> => {
  requireForm(name, /^[a-z]+\.[a-z]+(_[a-z]+)*$/, 'an event', 'dossier.created');
  const events = eventsOf(readBundle(root)).map((event) => event.name);
  const file = `openapi/webhooks/${name}.yaml`;
  const draft = openDraft(root);
  if (events.includes(name) || draft.exists(file)) throw new Misuse(`${name} exists, in ${file}`);
  const [subject = ''] = name.split('.');
  const relative = events.find((event) => event.startsWith(`${subject}.`));
  const payload = relative && payloadOf(draft.read(`openapi/webhooks/${relative}.yaml`));
  draft.write(file, webhookText(name, payload));
  draft.change('openapi/openapi.yaml', (text) =>
    addReference(text, 'webhooks', name, `webhooks/${name}.yaml`),
  );
  draft.change(serverEvents, (text) =>
    addToBlock(
      text,
      'const causes: ',
      `  // ${placeholder} after which change.\n  '${name}': (): undefined => undefined,`,
    ),
  );
  draft.change(suiteEvents, (text) =>
    addToBlock(
      text,
      '  const causes: ',
      `    // ${placeholder} the id of its subject, after causing it above.\n    '${name}': id,`,
    ),
  );
  return { files: await draft.finish(), generates: 'contract', next: nextSteps(name, file) };
};

/** What an event about the same subject carries. */
const payloadOf = (text: string): string | undefined =>
  /^ +data:\n +\$ref: (\S+)$/m.exec(text)?.[1];

const quoted = (fact: string): string => `'${placeholder} ${fact}'`;

/** The data of an event about something that no other event is about. */
const idAlone = `type: object
                  required: [id]
                  properties:
                    id:
                      description: ${quoted('the id of what')}
                      type: string
                      minLength: 1`;

const webhookText = (name: string, payload: string | undefined): string => `post:
  tags: [Webhooks]
  summary: ${quoted('what happened')}
  description: |
    ${placeholder} after which change it is sent, and what \`data\` is.
  security: []
  parameters:
    - $ref: ../components/parameters/Signature.yaml
  requestBody:
    required: true
    content:
      application/json:
        schema:
          allOf:
            - $ref: ../components/schemas/Event.yaml
            - type: object
              properties:
                type:
                  type: string
                  const: ${name}
                data:
                  ${payload === undefined ? idAlone : `$ref: ${payload}`}
        examples:
          ${camelCase(name)}Event:
            summary: ${quoted('what happened')}
            value:
              id: evt_a0c31d5be8f94277
              type: ${name}
              created_at: '2026-05-07T14:20:05Z'
              data:
                id: 8e81973e-0bec-47b0-b898-d190f9ebdacc
  responses:
    2XX:
      description: Received; the event is not sent again.
    3XX:
      description: >-
        Not received, and the redirect is not followed. The event is sent again later, with the same
        id.
    4XX:
      description: Not received. The event is sent again later, with the same id.
    5XX:
      description: Not received. The event is sent again later, with the same id.
`;

const nextSteps = (name: string, file: string): string[] => [
  `${file}: describe the event and complete its example, then run \`npm run generate\`.`,
  `${serverEvents}: say which change causes it.`,
  `${suiteEvents}: cause it in causeEvery, for the rules about all events.`,
  `openapi/requirements/webhooks.yaml: an entry for each fact, with \`covers: [event/${name}]\`; then \`npm run new -- rule webhooks/NAME --verifies LG-WEB-…\`.`,
  `npm run conformance -- --only webhooks/subject    # must pass: every event is sent`,
];
