import type { Liar } from '../rule.ts';
import { refuse } from './access.ts';

/** Refuses changes with 400 for something in their body, sent as it stands. */
export const refuseChanges =
  (offends: (body: string) => boolean): Liar =>
  (fetch, name) =>
  async (request) => {
    const offence = request.method === 'PATCH' && offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => offence)(fetch, name)(request);
  };

/** Refuses what it is sent with 400 for something in its text. */
const refuseTexts =
  (offends: (text: string) => boolean): Liar =>
  (fetch, name) =>
  async (request) => {
    const offence = offends(await request.clone().text());
    return refuse(400, 'invalid_body', () => offence)(fetch, name)(request);
  };

/** Refuses fields that it doesn't know, as `additionalProperties: false` does. */
export const refuseStrangers = refuseTexts((text) => text.includes('"x_'));

/** Refuses null wherever it stands. */
export const refuseNull = refuseTexts((text) => text.includes(':null'));
