import { retryUntilStable } from '../../assertions/concurrency.ts';
import { documentedFieldsIn } from '../../assertions/foreign-ids.ts';
import { expectEqual } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import { queryValues } from '../../contract/fields.ts';
import { contactKinds } from '../../contract/resources.ts';
import { refuse } from '../../faults/access.ts';
import { onMutableRequest } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import type { RawRequest } from '../../http/client.ts';

const filters = [
  { operation: 'listDossiers', name: 'type', sound: 'sales' },
  { operation: 'listDossiers', name: 'status', sound: 'won' },
  { operation: 'listFlows', name: 'type', sound: 'sales' },
] as const;

const dossiersUnknownFilter = defineRule({
  id: 'dossiers/unknown-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-024'],
  sentence: 'Listing dossiers with a filter value outside its enumeration is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const { all } = await organization();
    for (const { operation, name, sound } of filters) {
      for (const value of ['lead', `${sound}s`, `${sound},${sound}`]) {
        expect.refusal(await all.send(operation, { query: { [name]: value } }), 400);
      }
      expect.success(await all.send(operation, { query: { [name]: sound } }));
    }
  },
  fault: acceptRefused(400),
});

const emptyFilters = [
  { operation: 'listDossiers', name: 'type' },
  { operation: 'listDossiers', name: 'status' },
  { operation: 'listDossiers', name: 'stage_id' },
  { operation: 'listFlows', name: 'type' },
] as const;

const emptyFilter = defineRule({
  id: 'dossiers/empty-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-025'],
  sentence: 'A filter with an empty value is refused like any other unknown value.',
  needs: [],
  check: async ({ organization, expect }) => {
    const { all } = await organization();
    for (const { operation, name } of emptyFilters) {
      expect.refusal(await all.send(operation, { query: { [name]: '' } }), 400);
      expect.success(await all.send(operation));
    }
  },
  fault: acceptRefused(400),
});

const contactsUnknownFilter = defineRule({
  id: 'contacts/unknown-filter',
  level: 'SHOULD',
  verifies: ['LG-GEN-024', 'LG-GEN-025', 'LG-GEN-028'],
  sentence: 'Listing contacts with a `kind` or a `pool` outside its enumeration is refused.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const filters = [...contactKinds(context.contract)].map((kind) => ({ name: 'kind', kind }));
    const sound = [
      ...filters.map(({ name, kind }) => ({ name, value: kind })),
      ...['in_pool', 'expired'].map((value) => ({ name: 'pool', value })),
    ];
    const list = (name: string, ...values: string[]) =>
      org.all.send('listContacts', { query: { [name]: values } });
    for (const { name, value } of sound) {
      const others = [
        ['LG-GEN-025', ''],
        ...[`${value}s`, `${value},${value}`].map((other) => ['LG-GEN-024', other] as const),
        ['LG-GEN-028', value.toUpperCase()],
      ] as const;
      for (const [decision, other] of others) {
        context.about(decision);
        context.expect.refusal(await list(name, other), 400);
        if (name === 'kind') context.expect.refusal(await list(name, value, other), 400);
      }
      context.expect.success(await list(name, value));
    }
  },
  fault: acceptRefused(400),
});

const repeatedParameter = defineRule({
  id: 'requests/repeated-parameter',
  level: 'SHOULD',
  verifies: ['LG-GEN-026'],
  sentence: 'A query parameter other than `kind` that is sent more than once is refused.',
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    for (const { id, parameters } of operations) {
      for (const parameter of parameters.filter((one) => one.in === 'query')) {
        const values = queryValues(contract, parameter);
        if (values === undefined) continue;
        const [first, second] = values;
        const request = await org.prepare(id);
        const ask = (...given: string[]) =>
          org.all.send(id, { ...request, query: { [parameter.name]: given } });
        expect.refusal(await ask(first, second), 400);
        expect.refusal(await ask(first, first), 400);
        expect.success(await ask(first));
      }
    }
  },
  // A server that uses the last value.
  fault: onMutableRequest(({ url }) => {
    for (const [name, value] of [...url.searchParams]) url.searchParams.set(name, value);
  }),
});

/** Parameters that clients and proxies add, and those of other APIs. */
const foreign = {
  utm_source: 'newsletter',
  _: '1763759000',
  'filter[name]': 'x',
  sort: 'name',
  id: ['1', '2'],
};

const unknownParameter = defineRule({
  id: 'requests/unknown-parameter',
  level: 'SHOULD',
  verifies: ['LG-GEN-027'],
  sentence: "Query parameters that aren't in the contract are ignored.",
  needs: [],
  check: async ({ contract, operations, organization, expect }) => {
    const org = await organization();
    for (const { id, method } of operations) {
      const request = await org.prepare(id);
      const send = async (query: NonNullable<RawRequest['query']>) => {
        const exchange = await org.all.send(id, { ...request, query });
        expect.success(exchange);
        return documentedFieldsIn(contract, exchange);
      };
      if (method !== 'GET') await send(foreign);
      else {
        await retryUntilStable(
          () => send({}),
          async (plain) => {
            expectEqual(await send(foreign), plain, 'the same as without them,');
          },
        );
      }
    }
  },
  fault: refuse(400, 'invalid_body', ({ url }) => url.includes('utm_source')),
});

export default [
  dossiersUnknownFilter,
  emptyFilter,
  contactsUnknownFilter,
  repeatedParameter,
  unknownParameter,
] satisfies readonly Rule[];
