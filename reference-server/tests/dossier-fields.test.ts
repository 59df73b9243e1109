import { beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import { expectRefusal, useLab, type Dossier, type Reply } from './lab.ts';
import { unknownId } from './office.ts';

const lab = useLab();
let own: Desk;
beforeAll(async () => {
  own = await openDesk(lab);
});

const candidate = { type: 'candidate', name: 'Sophie van Dijk' };
const sales = { type: 'sales', name: 'KLM, Cabin crew hiring' };

const refuse = async (json: unknown, message: RegExp) => {
  const before = await own.census();
  const refused = await own.send('POST', '/dossiers', { json });
  expectRefusal(refused, 400, 'invalid_body', message);
  expect(await own.census()).toEqual(before);
};

describe('A new dossier', () => {
  it.each([undefined, null, '', 'lead', 'Sales', 'CANDIDATE', ' sales', 1, true, [['sales']], {}])(
    'is refused with the type %j (LG-DOS-029)',
    async (type) => {
      await refuse({ ...sales, type }, /^type (is required|must be )/);
      for (const right of ['candidate', 'sales']) await own.create({ ...sales, type: right });
    },
  );

  it.each([undefined, null, 42, true, [['Sophie']], {}])(
    'is refused with the name %j (LG-DOS-030)',
    async (name) => {
      await refuse({ ...candidate, name }, /^name (is required|must be a text)/);
      expect((await own.create({ ...candidate, name: '42' })).name).toBe('42');
    },
  );

  it.each([
    ['contact_person', 'Pieter', ''],
    ['deal_size', 62000, 0],
    ['deal_currency', 'EUR', 'USD'],
  ])('is refused as a candidate with a %s (LG-DOS-045)', async (field, ...values) => {
    for (const value of values) {
      const said = { [field]: value };
      await refuse({ ...candidate, ...said }, new RegExp(`^${field} must be left out\\. `));
      expect(await own.create({ ...sales, ...said })).toMatchObject(said);
    }
    expect(await own.create({ ...candidate, [field]: null })).toMatchObject({ [field]: null });
  });
});

/** A way in which a sale gets its fields. */
interface Way {
  readonly status: number;
  /** Sends the fields; what a refusal left can be looked at. */
  readonly send: (fields: object) => Promise<{
    readonly reply: Reply<Dossier>;
    readonly expectUnchanged: () => Promise<void>;
  }>;
}

const creation: Way = {
  status: 201,
  send: async (fields) => {
    const before = await own.census();
    const reply = await own.send('POST', '/dossiers', { json: { ...sales, ...fields } });
    return {
      reply,
      expectUnchanged: async () => {
        expect(await own.census()).toEqual(before);
      },
    };
  },
};

const change: Way = {
  status: 200,
  send: async (fields) => {
    const made = await own.create(sales);
    const json = { company: 'Never', ...fields };
    const reply = await own.send('PATCH', `/dossiers/${made.id}`, { json });
    return {
      reply,
      expectUnchanged: async () => {
        expect(await own.read(made.id)).toEqual(made);
      },
    };
  },
};

/** Sets a field to each value, and expects to find it, or a refusal that leaves all as it was. */
const tryValues = async (
  { status, send }: Way,
  field: string,
  right: readonly unknown[],
  wrong: readonly unknown[],
) => {
  for (const value of right) {
    const { reply } = await send({ [field]: value });
    expect(reply).toMatchObject({ status, body: { data: { [field]: value } } });
    expect(await own.read(reply.body.data.id)).toMatchObject({ [field]: value });
  }
  for (const value of wrong) {
    const { reply, expectUnchanged } = await send({ [field]: value });
    expectRefusal(reply, 400, 'invalid_body', new RegExp(`^${field} must `));
    await expectUnchanged();
  }
};

describe.each([
  ['creation', creation],
  ['change', change],
])('In a %s,', (_, way) => {
  it('a name has a character that is not white space (LG-DOS-031)', async () => {
    await tryValues(way, 'name', ['.', ' x ', '0'], ['', ' ', ' \t\r\n', '\u00a0\u3000']);
  });

  it('an e-mail address has one @ with something on both sides, and no white space (LG-DOS-050)', async () => {
    const right = ['a@b', 'Zoë+1@x.example', "o'neil@x.example", `${'x'.repeat(500)}@x`, '"a"@ü'];
    const wrong = [
      '',
      'a',
      '@',
      'a@',
      '@b',
      'a@b@c',
      'a @b',
      'a@b ',
      '\na@b',
      'a@b\n',
      'a@\u00a0b',
    ];
    await tryValues(way, 'email', right, wrong);
  });

  it('a member of the organisation is assigned and nobody else (LG-DOS-044)', async () => {
    const other = await openDesk(lab);
    const members = [own.members[0]?.id, (await own.addMember()).id, null];
    const strangers = [unknownId, other.members[0]?.id, own.id, 'me', '', 5];
    await tryValues(way, 'assigned_to', members, strangers);
  });

  it('a stranger is refused as another organisation’s member is, word for word (LG-DOS-044)', async () => {
    const other = await openDesk(lab);
    const texts = await Promise.all(
      [unknownId, other.members[0]?.id].map(
        async (assigned_to) => (await way.send({ assigned_to })).reply.text,
      ),
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it('a currency has three capitals (LG-DOS-046)', async () => {
    const wrong = ['', 'eur', 'Eur', 'EU', 'EURO', ' EUR', 'EUR\n', '€', 'ÉUR', 'E1R', 978];
    await tryValues(way, 'deal_currency', ['EUR', 'JPY', 'XXX'], wrong);
  });

  it('an amount is not below zero (LG-DOS-048)', async () => {
    const wrong = [-0.01, -1, -Number.MIN_VALUE, -1e300, '5', '', true, [5]];
    await tryValues(way, 'deal_size', [0, Number.MIN_VALUE, 1], wrong);
  });

  it('an amount keeps every digit of a double (LG-DOS-049)', async () => {
    const { MAX_SAFE_INTEGER, MAX_VALUE } = Number;
    const right = [0.1, 19.99, 0.1 + 0.2, 1250.505, 123456789.123456, 1e21, MAX_SAFE_INTEGER];
    await tryValues(way, 'deal_size', [...right, MAX_VALUE], []);
  });
});
