// Its index would replace the client behind `fetch` in the whole process, which functions of a user
// may call. So its parts are imported alone.
declare module 'undici/lib/dispatcher/client.js' {
  export { Client as default } from 'undici';
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici';
}
