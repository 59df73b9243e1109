import { join } from 'node:path';

/** The top of the repository. */
export const repositoryRoot = join(import.meta.dirname, '..');

/** The contract's folder. */
export const openapiFolder = join(repositoryRoot, 'openapi');

/** The bundle of the contract. */
export const bundlePath = join(openapiFolder, 'generated', 'openapi.json');
