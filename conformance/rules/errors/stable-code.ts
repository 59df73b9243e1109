import { onError } from '../../liars/answers.ts';
import { defineRule, type Liar } from '../../rule.ts';
import { errorCodeOf, expectEqual } from '../../world/expectations.ts';
import type { Exchange } from '../../world/exchange.ts';
import { isUuid, unknownIdLike } from '../../world/unknown-id.ts';

/** Numbers its errors. */
const numberErrors: Liar = (fetch, name) => {
  let count = 0;
  const bend = onError((error) => {
    count += 1;
    if (count > 1) error['code'] = `${String(error['code'])}_${String(count)}`;
  });
  return bend(fetch, name);
};

export default defineRule({
  id: 'errors/stable-code',
  level: 'MUST',
  verifies: ['LG-ERR-003'],
  sentence: 'The same failure bears the same code, however often it happens.',
  needs: [],
  check: async ({ organization, clientWith, operations, expect }) => {
    const home = await organization();
    const nobody = clientWith(undefined);
    const repeat = async (status: number, send: (time: number) => Promise<Exchange>) => {
      const codes: unknown[] = [];
      for (const time of [1, 2, 3]) {
        const exchange = await send(time);
        expectEqual(exchange.response.status, status, 'the status');
        codes.push(errorCodeOf(exchange.json));
      }
      expectEqual(codes, [codes[0], codes[0], codes[0]], 'the same code three times,');
    };
    for (const { id, parameters } of operations) {
      const request = await home.prepare(id);
      await repeat(401, () => nobody.send(id, request));
      if (!parameters.some((parameter) => parameter.in === 'path')) continue;
      const path = Object.fromEntries(
        Object.entries(request.path ?? {}).map(([name, value]) => [name, unknownIdLike(value)]),
      );
      if (Object.values(request.path ?? {}).every(isUuid)) {
        await repeat(404, () => home.all.send(id, { ...request, path }));
      }
      expect.success(await home.all.send(id, request));
    }
    await repeat(400, (time) =>
      home.all.send('createDossier', { body: { type: `type ${String(time)}`, name: 'Noor' } }),
    );
  },
  liar: numberErrors,
});
