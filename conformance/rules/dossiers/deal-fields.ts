import fc from 'fast-check';
import type { RequirementId } from '../../../openapi/register.ts';
import {
  createAndViewDossier,
  type CreatedDossierViews,
  dossierPlaces,
  expectDossierKept,
  expectDossierUpdated,
  updateAndViewDossier,
  viewCreatedDossier,
  viewDossier,
} from '../../assertions/dossiers.ts';
import { expectPermittedRefusal } from '../../assertions/refusals.ts';
import { dataOf } from '../../context/answers.ts';
import type { RuleContext } from '../../context/context.ts';
import { expectEqual, expectThat } from '../../context/expectations.ts';
import { defineRule, type Rule } from '../../context/rule.ts';
import type { Dossier } from '../../contract/resources.ts';
import { onData, onJsonBody } from '../../faults/inject.ts';
import { acceptRefused } from '../../faults/refusals.ts';
import { createDossier, updateDossier } from '../../fixtures/dossiers.ts';
import { anAmount, anExactAmount, awkwardAmounts, largeAmounts } from '../../generators/values.ts';

/**
 * No response shows the amount as a string. What an amount is about besides: an integer may be shown
 * in the wrong unit, and a fraction may be lost.
 */
const expectNumber = (
  { about }: RuleContext,
  shown: readonly { readonly deal_size?: unknown }[],
  size: number,
  requirement: RequirementId,
): void => {
  about('LG-GEN-011');
  for (const { deal_size } of shown) {
    expectThat(typeof deal_size !== 'string', 'deal_size as a number', () => deal_size);
  }
  about(requirement, Number.isInteger(size) ? 'LG-GEN-012' : 'LG-GEN-013');
};

const dossiersDealSize = defineRule({
  id: 'dossiers/deal-size',
  level: 'MUST',
  verifies: ['LG-DOS-040', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013'],
  sentence:
    'A sales dossier can be created with `deal_size`, and responses return the same number.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draftOf = (deal_size: number, deal_currency: string) => ({
      ...{ type: 'sales' as const, name: 'Tulp Logistics', deal_size, deal_currency },
    });
    const expectSize = (seen: CreatedDossierViews, deal_size: number) => {
      expectNumber(context, Object.values(seen) as Dossier[], deal_size, 'LG-DOS-040');
      expectDossierKept(seen, { deal_size }, ['retrieved', 'listed']);
    };
    const create = async (size: number, currency: string) => {
      context.about('LG-DOS-040', ...(Number.isInteger(size) ? [] : ['LG-GEN-013' as const]));
      expectSize(await createAndViewDossier(org, draftOf(size, currency)), size);
    };
    for (const size of awkwardAmounts) await create(size, 'EUR');
    // Currencies without decimals, and with three.
    for (const currency of ['JPY', 'KWD']) await create(62_000, currency);
    await context.property([anAmount(), fc.constantFrom('EUR', 'USD')], create);
    for (const size of largeAmounts) {
      context.about('LG-DOS-040');
      const exchange = await org.all.send('createDossier', { body: draftOf(size, 'EUR') });
      if (exchange.response.status >= 400)
        expectPermittedRefusal(context, exchange, ['LG-DOS-049']);
      else {
        context.expect.success(exchange);
        expectSize(await viewCreatedDossier(org, dataOf(exchange.json) as Dossier), size);
      }
    }
  },
  // A server that stores whole units only.
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    deal_size: Math.floor(Number(body['deal_size'])),
  })),
});

const changesDealSize = defineRule({
  id: 'changes/deal-size',
  level: 'MUST',
  verifies: ['LG-DOS-076', 'LG-GEN-011', 'LG-GEN-012', 'LG-GEN-013'],
  sentence:
    'After an update of `deal_size`, a sales dossier has the new amount, zero and cents included.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'With a changing deal', ...deal };
    const { id } = await createDossier(org, draft);
    const expectSize = (after: Parameters<typeof expectDossierUpdated>[0], deal_size: number) => {
      expectNumber(context, [after.retrieved, after.listed], deal_size, 'LG-DOS-076');
      expectDossierUpdated(after, { deal_size });
    };
    const resize = async (size: number) => {
      context.about('LG-DOS-076', ...(Number.isInteger(size) ? [] : ['LG-GEN-013' as const]));
      expectSize(await updateAndViewDossier(org, id, { deal_size: size }), size);
    };
    for (const size of [...awkwardAmounts, 0]) await resize(size);
    for (const deal_size of largeAmounts) {
      context.about('LG-DOS-076');
      const exchange = await org.all.send('updateDossier', { path: { id }, body: { deal_size } });
      if (exchange.response.status >= 400)
        expectPermittedRefusal(context, exchange, ['LG-DOS-049']);
      else {
        context.expect.success(exchange);
        expectSize({ returned: { id }, ...(await viewDossier(org, id)) }, deal_size);
      }
    }
    await context.property([fc.oneof(anAmount(), fc.constant(0))], resize);
  },
  // A server that ignores an amount of zero.
  fault: onJsonBody(['updateDossier'], (body) => ({
    ...body,
    deal_size: body['deal_size'] === 0 ? undefined : body['deal_size'],
  })),
});

/** Currencies of every continent; those of the examples and of large markets first. */
const currencies = [
  ...['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'CNY', 'CAD', 'AUD', 'SEK', 'NOK', 'DKK', 'PLN'],
  ...['CZK', 'HUF', 'RON', 'TRY', 'MAD', 'ZAR', 'XOF', 'KWD', 'AED', 'INR', 'BRL', 'SGD'],
];

const dossiersDealCurrency = defineRule({
  id: 'dossiers/deal-currency',
  level: 'MUST',
  verifies: ['LG-DOS-041'],
  sentence: 'A sales dossier can be created with `deal_currency`, and the list returns it.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    for (const [index, deal_currency] of currencies.entries()) {
      // A deal without an amount has a currency too.
      const deal = { deal_size: index % 2 === 0 ? 0 : 62_000, deal_currency };
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', ...deal };
      expectDossierKept(await createAndViewDossier(org, draft), { deal_currency }, ['listed']);
    }
  },
  // A server that stores only euros.
  fault: onData(['listDossiers'], (dossier) => {
    dossier['deal_currency'] = 'EUR';
  }),
});

const changedCurrencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'SEK', 'PLN', 'KWD'];

const changesDealCurrency = defineRule({
  id: 'changes/deal-currency',
  level: 'MUST',
  verifies: ['LG-DOS-077'],
  sentence:
    'After an update of `deal_currency`, a sales dossier has the new currency, with or without a new amount.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const deal = { deal_size: 62_000, deal_currency: 'EUR' };
    const draft = { type: 'sales' as const, name: 'With changing currencies', ...deal };
    const { id } = await createDossier(org, draft);
    const bare = await createDossier(org, { type: 'sales', name: 'Without a deal at first' });
    await context.property(
      [fc.constantFrom(...changedCurrencies), fc.nat({ max: 90_000 })],
      async (deal_currency, deal_size) => {
        expectDossierUpdated(await updateAndViewDossier(org, id, { deal_currency }), {
          deal_currency,
        });
        const both = { deal_size, deal_currency };
        expectDossierUpdated(await updateAndViewDossier(org, bare.id, both), both);
      },
    );
  },
  // A server that ignores a currency without an amount.
  fault: onJsonBody(['updateDossier'], (body) => ({
    ...body,
    deal_currency: body['deal_size'] === undefined ? undefined : body['deal_currency'],
  })),
});

const sizeWithoutCurrency = defineRule({
  id: 'dossiers/size-without-currency',
  level: 'SHOULD',
  verifies: ['LG-DOS-047'],
  sentence: 'A `deal_size` without `deal_currency` leaves the currency unset.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property(
      [anAmount()],
      async (deal_size) => {
        const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_size };
        const seen = await createAndViewDossier(org, draft);
        expectDossierKept(seen, { deal_size }, ['retrieved', 'listed']);
        for (const place of dossierPlaces) {
          expectEqual(seen[place].deal_currency ?? null, null, 'deal_currency');
        }
      },
      4,
    );
  },
  fault: onJsonBody(['createDossier'], (body) => ({ deal_currency: 'EUR', ...body })),
});

const exactSize = defineRule({
  id: 'dossiers/exact-size',
  level: 'SHOULD',
  verifies: ['LG-DOS-049'],
  sentence: 'A `deal_size` keeps every digit that a double-precision number can hold.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    await context.property([anExactAmount()], async (deal_size) => {
      const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_currency: 'EUR' };
      const seen = await createAndViewDossier(org, { ...draft, deal_size });
      expectDossierKept(seen, { deal_size }, ['retrieved', 'listed']);
    });
  },
  // A server that rounds to cents.
  fault: onData(['getDossier', 'listDossiers'], (dossier) => {
    dossier['deal_size'] = Math.round(Number(dossier['deal_size']) * 100) / 100;
  }),
});

const negativeSize = defineRule({
  id: 'dossiers/negative-size',
  level: 'SHOULD',
  verifies: ['LG-DOS-048'],
  sentence: 'A negative `deal_size` is refused, and zero is accepted.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const draft = { type: 'sales' as const, name: 'Tulp Logistics', deal_currency: 'EUR' };
    for (const deal_size of [-0.01, -1, -62_000]) {
      const body = { ...draft, deal_size };
      context.expect.refusal(await org.all.send('createDossier', { body }), 400);
    }
    const seen = await createAndViewDossier(org, { ...draft, deal_size: 0 });
    expectDossierKept(seen, { deal_size: 0 }, ['retrieved', 'listed']);
  },
  fault: acceptRefused(400),
});

const currencyForm = defineRule({
  id: 'dossiers/currency-form',
  level: 'SHOULD',
  verifies: ['LG-DOS-046'],
  sentence: "A `deal_currency` that isn't three capital letters is refused.",
  needs: [],
  check: async ({ organization, expect }) => {
    const org = await organization();
    const deal = { type: 'sales' as const, name: 'Tulp Logistics', deal_size: 62_000 };
    for (const deal_currency of ['eur', 'Eur', 'EURO', 'EU', '€', '978', ' EUR', 'ÉUR']) {
      const body = { ...deal, deal_currency };
      expect.refusal(await org.all.send('createDossier', { body }), 400);
    }
    // Whether a code is in use isn't checked.
    for (const deal_currency of ['EUR', 'QQQ'])
      await createDossier(org, { ...deal, deal_currency });
  },
  fault: onJsonBody(['createDossier'], (body) => ({
    ...body,
    deal_currency: String(body['deal_currency']).toUpperCase(),
  })),
});

const fields = [
  { contact_person: 'Mark de Vries' },
  { deal_size: 62_000 },
  { deal_currency: 'EUR' },
];

const dossiersSalesOnlyFields = defineRule({
  id: 'dossiers/sales-only-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-045'],
  sentence: 'Creating a candidate with a value in a sales-only field is refused.',
  needs: [],
  check: async ({ organization, expect }) => {
    const org = await organization();
    for (const field of fields) {
      const body = { type: 'candidate', name: 'Noor Bakker', ...field };
      expect.refusal(await org.all.send('createDossier', { body }), 400);
      await createDossier(org, { type: 'sales', name: 'Noor Bakker', ...field });
    }
  },
  // A server that ignores sales-only fields.
  fault: onJsonBody(['createDossier'], ({ type, name, ...rest }) =>
    type === 'sales' ? { type, name, ...rest } : { type, name },
  ),
});

const changesSalesOnlyFields = defineRule({
  id: 'changes/sales-only-fields',
  level: 'SHOULD',
  verifies: ['LG-DOS-089'],
  sentence: 'Setting a sales-only field on a candidate is refused, alone or with other fields.',
  needs: [],
  check: async (context) => {
    const org = await context.organization();
    const candidate = await createDossier(org, { type: 'candidate', name: 'No sale' });
    const sale = await createDossier(org, { type: 'sales', name: 'A sale' });
    for (const field of fields) {
      for (const body of [field, { ...field, name: 'Noor Bakker' }]) {
        const path = { id: candidate.id };
        context.expect.refusal(await org.all.send('updateDossier', { path, body }), 400);
        await updateDossier(org, sale.id, body);
      }
    }
  },
  // A server that ignores one of the sales-only fields.
  fault: onJsonBody(['updateDossier'], (body) => ({ ...body, contact_person: undefined })),
});

export default [
  dossiersDealSize,
  changesDealSize,
  dossiersDealCurrency,
  changesDealCurrency,
  sizeWithoutCurrency,
  exactSize,
  negativeSize,
  currencyForm,
  dossiersSalesOnlyFields,
  changesSalesOnlyFields,
] satisfies readonly Rule[];
