import { schemaAt, type Contract } from '../../openapi/contract.ts';

const iso = /^(\d{4})-?(\d\d)-?(\d\d)T(\d\d):?(\d\d)(?::?(\d\d(?:[.,]\d+)?))?/;

/**
 * A timestamp of the target, in any form that the contract lets it have, as milliseconds since
 * 1970; NaN for what is none.
 */
export const instantOf = (timestamp: string): number => {
  const [, year, month, day, hour, minute, second = '0'] = iso.exec(timestamp) ?? [];
  const start = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
  );
  return start + Number(second.replace(',', '.')) * 1000;
};

/** Tells whether a value is a timestamp of the form that the contract gives. */
export const timestampsOf = (contract: Contract): ((value: unknown) => boolean) => {
  const { pattern } = schemaAt(contract, '#/components/schemas/Timestamp');
  const form = new RegExp(String(pattern));
  return (value) =>
    typeof value === 'string' && form.test(value) && !Number.isNaN(instantOf(value));
};
