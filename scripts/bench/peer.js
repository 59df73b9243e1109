// Servers for comparison, which return the same JSON for every request, with `node:http` alone or
// with stock Express. argv: the kind, and the file with the JSON.
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';

const [, , kind, file] = process.argv;
const text = readFileSync(file, 'utf8');
const value = JSON.parse(text);
const head = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) };

/** Returns a prepared response: no Node server can be faster. */
const answerBarely = (request, response) => {
  const answer = () => {
    response.writeHead(request.method === 'POST' ? 201 : 200, head);
    response.end(text);
  };
  if (request.method !== 'POST') answer();
  else {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString());
      answer();
    });
  }
};

const createExpress = async () => {
  const { default: express } = await import('express');
  const app = express();
  app.use(express.json());
  app.get('/api/v1/dossiers', (_, response) => response.json(value));
  app.get('/api/v1/dossiers/:id', (_, response) => response.json(value));
  app.post('/api/v1/dossiers', (_, response) => response.status(201).json(value));
  return app;
};

const server = createServer(kind === 'express' ? await createExpress() : answerBarely);
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening at http://127.0.0.1:${server.address().port}/api/v1\n`);
});
