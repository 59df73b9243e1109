import type { Body, Call } from '../call.ts';
import { unforeseen } from '../refusal.ts';
import type { FormFile } from '../wire/form.ts';
import { cvOf } from './cv.ts';

/** What is to be created, from JSON or from a form. */
export interface Draft {
  readonly body: Body;
  readonly cv?: FormFile | string | undefined;
}

/** A number as JSON writes it. */
const numeral = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

/** @throws Refusal when the form isn't one for a dossier */
export const readDraft = (call: Call): Draft => {
  const { installation, form, body } = call;
  const { takes } = installation;
  if (!form) {
    if (takes('LG-CV-028', 1) && body['cv'] !== undefined) {
      throw unforeseen(installation, 'cv is no field of JSON', 'unknown_field');
    }
    return { body };
  }
  const fields = Object.fromEntries(form.fields.filter(([name]) => name !== 'cv'));
  const amount = fields['deal_size'];
  if (takes('LG-CV-027', 1) && form.files.some(({ name }) => name !== 'cv')) {
    throw unforeseen(installation, 'a file is in an unknown field', 'unknown_field');
  }
  const number = amount !== undefined && numeral.test(amount) ? Number(amount) : Number.NaN;
  const deal = Number.isFinite(number) ? { deal_size: number } : {};
  return { body: { ...fields, ...deal }, cv: cvOf(installation, form) };
};
