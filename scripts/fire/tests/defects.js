// Loaded into a server by the tests of the attack: injects the defect that LEADGRID_DEFECT names.
import { Server } from 'node:http';
import process from 'node:process';

let count = 0;
let firstKey;
let hung = false;

const answer = (response, status, body) => {
  const limits = { 'X-RateLimit-Limit': '1000000', 'X-RateLimit-Remaining': '999999' };
  response.writeHead(status, { 'Content-Type': 'application/json', ...limits });
  response.end(JSON.stringify(body));
  return true;
};

/** Each gets a request before the server; true if the server must not handle it. */
const defects = {
  'status 500': ({ method }, response) =>
    (method === 'PATCH' || method === 'PUT') &&
    answer(response, 500, { error: { code: 'internal', message: 'The server failed.' } }),
  'another body': ({ method, url }, response) =>
    method === 'GET' &&
    /contacts\?(?!per_page=100)/.test(url) &&
    answer(response, 200, { data: [{ id: 1 }], meta: { total: 1, page: 1, per_page: 25 } }),
  'reads of another organisation': (request) => {
    firstKey ??= request.headers.authorization;
    const isList = request.method === 'GET' && request.url.includes('/contacts?');
    if (isList && ++count % 3 === 0) request.headers.authorization = firstKey;
    return false;
  },
  'writes into another organisation': (request) => {
    firstKey ??= request.headers.authorization;
    const creates = request.method === 'POST' && request.url.endsWith('/contacts');
    if (creates && ++count % 3 === 0 && count > 10) request.headers.authorization = firstKey;
    return false;
  },
  'lost deletions': ({ method, url }, response) =>
    method === 'DELETE' &&
    /v1\/contacts\/[0-9a-f-]{36}$/.test(url) &&
    answer(response, 200, { data: { id: url.slice(-36), deleted: true } }),
  'lost dossiers': ({ method, url }, response) =>
    method === 'POST' && url.endsWith('/dossiers') && answer(response, 201, { data: {} }),
  'no response': ({ method }) => method === 'PATCH' && !hung && (hung = true),
};

const look = defects[process.env.LEADGRID_DEFECT];
const emit = Server.prototype.emit;
Server.prototype.emit = function (event, ...rest) {
  if (event === 'request' && look?.(...rest)) return true;
  if (event === 'connection' && process.env.LEADGRID_DEFECT === 'open sockets') {
    const [socket] = rest;
    for (const name of ['destroy', 'destroySoon', 'end']) socket[name] = () => socket;
  }
  return emit.call(this, event, ...rest);
};
