// What a target offers to leadgrid-conformance. Everything may be left out: what is missing makes
// requirements "not verified", by name. An option of the command line wins over this file, and this
// file over variables of the environment.
//
// Keys, tokens and secrets never stand here. Write the name of the environment variable that holds
// one; it begins with LEADGRID_ and ends with KEY, TOKEN or SECRET.
//
// See what it allows, before anything is created:
//   leadgrid-conformance doctor --config FILE

export default {
  // The base URL of the API.
  target: 'http://127.0.0.1:3000/api/v1',

  // A command that starts the target. The suite waits until it answers, and stops it afterwards.
  // start: 'npm start',

  // Keys that you made under Settings, by the variables that hold them. These names are the usual
  // ones: whatever of them is set is used without being named.
  keys: {
    // With every scope, of an organisation for tests that has a default flow for each type of
    // dossier. What a run creates there stays there.
    allScopes: 'LEADGRID_KEY',
    // Of the same organisation, with exactly these scopes. `doctor` tells which ones rules ask for.
    // byScopes: [
    //   { scopes: ['dossiers:read'], key: 'LEADGRID_DOSSIERS_READ_KEY' },
    //   { scopes: [], key: 'LEADGRID_NO_SCOPE_KEY' },
    // ],
    // Of the same organisation; it has expired.
    // expired: 'LEADGRID_EXPIRED_KEY',
    // Of organisations on plans without API access.
    // freePlan: 'LEADGRID_FREE_PLAN_KEY',
    // proPlan: 'LEADGRID_PRO_PLAN_KEY',
    // Of another organisation, with every scope.
    // secondOrganization: 'LEADGRID_SECOND_KEY',
  },

  // Ids of users of the organisation, to assign dossiers to.
  // members: ['5b1f9f0c-3c5e-4a53-9d6a-0f1a7c1f4c11'],

  // What the organisation may send. Only if you say so does a run use it up, which locks everybody
  // else of the organisation out until the window ends.
  // rateLimit: { requests: 600, windowSeconds: 60, mayBeExhausted: false },

  // How events reach the suite. The endpoint that you made under Settings sends them to publicUrl,
  // or straight to the address where the suite listens, and signs them with the secret.
  // webhook: {
  //   listen: { host: '127.0.0.1', port: 8787 },
  //   publicUrl: 'https://hooks.example.test',
  //   secret: 'LEADGRID_WEBHOOK_SECRET',
  //   patience: 10, // seconds that an event may take to arrive
  // },

  // With one of the next two, each rule gets organisations of its own, and everything is verified.
  //
  // The control API of this kit, where your target has one.
  // control: { url: 'http://127.0.0.1:3000/control/v1', token: 'LEADGRID_CONTROL_TOKEN' },
  //
  // Or functions that do the same, each of them optional. `organization` is whatever
  // createOrganization returned. One that can't do what it is asked for throws an error whose name
  // is 'Unavailable': what asked for it isn't verified then.
  // provision: {
  //   createOrganization: async ({ plan }) => ({ id: '…' }),
  //   deleteOrganization: async (organization) => {},
  //   createKey: async (organization, { scopes, expiresAt }) => 'the key',
  //   members: async (organization) => ['the id of a user'],
  //   createMember: async (organization, name) => 'the id',
  //   createFlow: async (organization, { name, type, is_default, stages }) => ({ id: '…' }),
  //   setRateLimit: async (organization, { requests, windowSeconds }) => {},
  //   setPoolWindow: async (organization, contactId, until) => {},
  //   changePlan: async (organization, plan) => {},
  //   failNext: async (organization, fault) => {}, // 'request', or 'upload': the storing of a CV
  //   createEndpoint: async (organization, url) => ({ secret: '…' }),
  // },

  // What your target knowingly does without, each with the reason. It stands in the report.
  // omit: [
  //   { operations: ['uploadDossierCv'], reason: 'Not built yet.' },
  //   { events: ['note.created'], reason: 'Nobody needs it.' },
  //   { requirements: ['LG-LIM-*'], reason: 'The gateway sees to it.' },
  // ],
};
