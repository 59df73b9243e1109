// What a target offers to leadgrid-conformance. Everything is optional: without it, some requirements
// are not verified, and the report lists them. Options of the command line override this file, and
// this file overrides variables of the environment.
//
// Never put keys, tokens or secrets here. Give the name of the environment variable that holds one;
// the name begins with LEADGRID_ and ends with KEY, TOKEN or SECRET.
//
// Check what a run can verify, before anything is created:
//   leadgrid-conformance doctor --config FILE

export default {
  // The base URL of the API.
  target: 'http://127.0.0.1:3000/api/v1',

  // A command that starts the target. The suite waits until it responds, and stops it afterwards.
  // start: 'npm start',

  // Keys that you created under Settings, by the variables that hold them. These are the default
  // names: if such a variable is set, it is used even if it isn't named here.
  keys: {
    // With every scope, of a test organisation that has a default flow for each type of dossier.
    // What a run creates there is not deleted.
    allScopes: 'LEADGRID_KEY',
    // Of the same organisation, with exactly these scopes. `doctor` lists those that rules need.
    // byScopes: [
    //   { scopes: ['dossiers:read'], key: 'LEADGRID_DOSSIERS_READ_KEY' },
    //   { scopes: [], key: 'LEADGRID_NO_SCOPE_KEY' },
    // ],
    // Of the same organisation, expired.
    // expired: 'LEADGRID_EXPIRED_KEY',
    // Of organisations on plans without API access.
    // freePlan: 'LEADGRID_FREE_PLAN_KEY',
    // proPlan: 'LEADGRID_PRO_PLAN_KEY',
    // Of another organisation, with every scope.
    // secondOrganization: 'LEADGRID_SECOND_KEY',
  },

  // Headers that go with every request to the target, such as the key of a gateway in front of it, by
  // the variables that hold their values.
  // headers: { 'X-Gateway-Key': 'LEADGRID_GATEWAY_KEY' },

  // Ids of users of the organisation, to assign dossiers to.
  // members: ['5b1f9f0c-3c5e-4a53-9d6a-0f1a7c1f4c11'],

  // The rate limit of the organisation. With mayBeExhausted, a run may use it up: then all requests of
  // the organisation are refused until the window ends.
  // rateLimit: { requests: 600, windowSeconds: 60, mayBeExhausted: false },

  // How events reach the suite. The endpoint that you created under Settings sends them to publicUrl,
  // or directly to the address where the suite listens, and signs them with the secret.
  // webhook: {
  //   listen: { host: '127.0.0.1', port: 8787 },
  //   publicUrl: 'https://hooks.example.test',
  //   secret: 'LEADGRID_WEBHOOK_SECRET',
  //   patience: 10, // seconds that an event may take to arrive
  // },

  // With one of the next two, each rule gets a new organisation, and everything can be verified.
  //
  // The control API of this kit, where your target has one.
  // control: { url: 'http://127.0.0.1:3000/control/v1', token: 'LEADGRID_CONTROL_TOKEN' },
  //
  // Or functions that do the same, each of them optional. `organization` is what createOrganization
  // returned. A function that can't do what is asked throws an error named 'Unavailable': the rule is
  // not verified then. `leadgrid-conformance doctor --config FILE --try` calls each of them once.
  // provision: {
  //   timeout: 30, // seconds that a function may take
  //   createOrganization: async ({ plan }) => ({ id: '…' }),
  //   deleteOrganization: async (organization) => {},
  //   createKey: async (organization, { scopes, expiresAt }) => 'the key',
  //   members: async (organization) => ['the id of a user'],
  //   createMember: async (organization, name) => 'the id',
  //   createFlow: async (organization, { name, type, is_default, stages }) => ({ id: '…' }),
  //   setRateLimit: async (organization, { requests, windowSeconds }) => {},
  //   setPoolWindow: async (organization, contactId, until) => {},
  //   changePlan: async (organization, plan) => {},
  //   failNext: async (organization, fault) => {}, // 'request', or 'upload': the storage of a CV
  //   createEndpoint: async (organization, url) => ({ secret: '…' }),
  // },

  // What your target doesn't implement, each with a reason, which the report shows.
  // omit: [
  //   { operations: ['uploadDossierCv'], reason: 'Not built yet.' },
  //   { events: ['note.created'], reason: 'Not needed.' },
  //   { requirements: ['LG-LIM-*'], reason: 'The gateway does this.' },
  // ],

  // The reports of a run, as --report takes them. --report on the command line replaces them all.
  // Files are relative to the folder in which the command is called.
  // report: ['pretty', 'junit:build/conformance.xml'],

  // What the verdict and the exit code rest on, as the options of the same names say.
  // failOn: 'must', // or 'should': a deviation fails a run too; or 'none'
  // asOf: '0.1', // what is newer than this version of the suite is reported, and doesn't count
  // minVerified: '95%', // of the requirements in scope; all of them unless set
};
