import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportHar } from '../reporters/har.ts';
import { harSchema } from './har.ts';
import { conformant, everyOutcome, reportOf, ugly, uglyText } from './sample-reports.ts';

const ajv = new Ajv2020({ strict: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validate = ajv.compile(harSchema);

interface Archive {
  readonly log: {
    readonly pages: readonly { readonly id: string }[];
    readonly entries: readonly {
      readonly pageref: string;
      readonly time: number;
      readonly timings: { send: number; wait: number; receive: number };
      readonly request: { readonly postData?: { readonly text: string } };
    }[];
  };
}

const read = (har: string): Archive => JSON.parse(har) as Archive;

describe('the HTTP archive', () => {
  it.each([
    ['every outcome', everyOutcome],
    ['no failures', conformant],
    ['ugly texts', ugly],
    ['many failures', reportOf(50, 2_000)],
  ])('is valid HAR 1.2 with %s', (_, report) => {
    validate(read(reportHar(report)));
    expect(validate.errors).toBeNull();
  });

  it('has a page for each failure, and the exchanges of each on its page', () => {
    const { pages, entries } = read(reportHar(everyOutcome)).log;
    const failed = everyOutcome.rules.filter(({ outcome }) => outcome === 'failed');
    expect(pages.map(({ id }) => id)).toEqual(failed.map(({ id }) => id));
    expect(entries.map(({ pageref }) => pageref)).toEqual(
      failed.flatMap(({ id, counterexample }) => (counterexample?.exchanges ?? []).map(() => id)),
    );
  });

  it('has timings that add up', () => {
    for (const { time, timings } of read(reportHar(everyOutcome)).log.entries) {
      expect(timings.send + timings.wait + timings.receive).toBe(time);
    }
  });

  it('has each body as it was sent', () => {
    expect(read(reportHar(ugly)).log.entries[0]?.request.postData?.text).toBe(uglyText);
  });
});
