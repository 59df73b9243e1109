import type { OperationId } from '../../openapi/contract.ts';
import type { RequirementId } from '../../openapi/register.ts';
import type { Organization, RuleContext } from '../context/context.ts';
import { expectEqual, Nonconformity } from '../context/expectations.ts';
import type { Dossier } from '../contract/resources.ts';
import { contactsIn } from '../fixtures/contacts.ts';
import { expectNoDossierNamed } from '../fixtures/dossiers.ts';
import { createByForm, formOf } from '../fixtures/forms.ts';
import { contactsOfDossier, notesOfDossier } from '../fixtures/links-and-notes.ts';
import { aCv } from '../generators/files.ts';
import type { Client, RawRequest } from '../http/client.ts';
import { errorCodeOf, type Exchange } from '../http/exchange.ts';

/**
 * Why a request may be refused: a decision of the register, with the statuses that it and its
 * alternatives permit, or a documented status.
 */
export type RefusalReason = RequirementId | number;

/** Whether the request was refused for one of these reasons, with a permitted code. */
export const isPermittedRefusal = (
  { acceptances }: Pick<RuleContext, 'acceptances'>,
  { operation, response, json }: Exchange,
  reasons: readonly RefusalReason[],
): boolean => {
  const { status } = response;
  const accepted = operation && acceptances.of(operation, status);
  if (!accepted || accepted.success) return false;
  const right = accepted.codes?.includes(errorCodeOf(json) ?? 'no code') ?? true;
  return right && statusesOf(acceptances, operation, reasons).includes(status);
};

/** @throws Nonconformity unless the request was refused for one of these reasons */
export const expectPermittedRefusal = (
  context: Pick<RuleContext, 'acceptances'>,
  exchange: Exchange,
  reasons: readonly RefusalReason[],
): void => {
  if (isPermittedRefusal(context, exchange, reasons)) return;
  const { operation, response, json } = exchange;
  const statuses = operation ? statusesOf(context.acceptances, operation, reasons) : [];
  const code = errorCodeOf(json) ?? 'no code';
  const expected = `a refusal with ${statuses.join(' or ')}`;
  throw new Nonconformity(expected, `${String(response.status)} ${code}`, { exchange });
};

const statusesOf = (
  acceptances: RuleContext['acceptances'],
  operation: NonNullable<Exchange['operation']>,
  reasons: readonly RefusalReason[],
): number[] => {
  const statuses = reasons.flatMap((reason) =>
    typeof reason === 'number' ? [reason] : acceptances.refusals(operation, reason),
  );
  return [...new Set(statuses)];
};

/**
 * Sends a request that must be refused, and then, as a positive control, the same request without
 * the defect, which must succeed.
 *
 * @param send - sends the request with the defect
 * @param statuses - the permitted statuses
 */
export const expectRefusedWithControl = async (
  organization: Organization,
  operation: OperationId,
  send: (request: RawRequest) => Promise<Exchange>,
  statuses: readonly number[],
): Promise<void> => {
  const { expect } = organization.context;

  const request = await organization.prepare(operation);
  expect.refusalAmong(await send(request), statuses);
  expect.success(await organization.all.send(operation, request));
};

/** The code of a refusal with this status comes with no other; a refusal with another code passes. */
export const expectStatusOfCode = (
  { contract }: Pick<RuleContext, 'contract'>,
  exchange: Exchange,
  status: number,
): void => {
  const { operation, response, json } = exchange;
  const codes = (operation && contract.operations[operation].responses[status]?.codes) ?? [];
  const code = errorCodeOf(json) ?? '';
  if (!codes.includes(code) || response.status === status) return;
  const actual = `${String(response.status)} ${code}`;
  throw new Nonconformity(`${code} with ${String(status)} alone`, actual, {
    ...{ exchange, wanted: 'refusal' },
  });
};

/**
 * Every operation without an id in its path is refused because of the plan. A path with an id
 * might also be refused with 404.
 *
 * @param requirement - the one about this plan
 */
export const expectRefusedForPlan = async (
  context: RuleContext,
  plan: string,
  requirement: RequirementId,
): Promise<void> => {
  const paying = await context.organization();
  const client = await (await context.organization({ plan })).client();
  for (const { id, parameters } of context.operations) {
    if (parameters.some((parameter) => parameter.in === 'path')) continue;
    const send = async (request: RawRequest): Promise<Exchange> => {
      const exchange = await client.send(id, request);
      context.about('LG-ERR-006');
      expectStatusOfCode(context, exchange, 402);
      context.about(requirement);
      return exchange;
    };
    await expectRefusedWithControl(paying, id, send, [402]);
  }
};

/** A form that creates a dossier with this name and a CV. */
export const formRequest = (name: string): RawRequest => ({
  body: formOf({ type: 'candidate', name }, aCv()),
});

/**
 * A form of this client is refused and has no effect. As a positive control, the same form of the
 * organisation is accepted.
 *
 * @param requirements - those about the refusal; the rule also verifies that it has no effect
 */
export const expectFormRefused = async (
  org: Organization,
  client: Client,
  status: number,
  ...requirements: readonly RequirementId[]
): Promise<void> => {
  await createByForm(org, formOf({ type: 'candidate', name: 'Let in' }, aCv()));
  const name = `Refused with ${String(status)}`;
  org.context.about(...requirements);
  org.context.expect.refusal(await client.send('createDossier', formRequest(name)), status);
  org.context.about('LG-AUT-020');
  await expectNoDossierNamed(org, name);
  await createByForm(org, formOf({ type: 'candidate', name: 'Accepted again' }, aCv()));
};

/**
 * The same failure, three times, has this status and always the same code.
 *
 * @param send - causes the failure; gets the number of the attempt, to vary what doesn't matter
 */
export const expectSameCode = async (
  status: number,
  send: (time: number) => Promise<Exchange>,
): Promise<void> => {
  const codes: unknown[] = [];
  for (const time of [1, 2, 3]) {
    const exchange = await send(time);
    expectEqual(exchange.response.status, status, 'the status');
    codes.push(errorCodeOf(exchange.json));
  }
  expectEqual(codes, [codes[0], codes[0], codes[0]], 'the same code three times,');
};

/**
 * The content of a small organisation without ids and timestamps, to compare it with another one
 * or with an earlier state.
 */
export const snapshotOf = async (org: Organization): Promise<readonly string[]> => {
  const pages = await org.walk('listDossiers', {});
  const lines: string[] = [];
  for (const dossier of pages.flatMap(({ items }) => items as readonly Dossier[])) {
    // Whether the parts of an archived dossier are visible is a decision (LG-DOS-101).
    const parts = dossier.status === 'archived' ? [] : await partsOf(org, dossier.id);
    const { type, name, status, cv_url } = dossier;
    const file = cv_url ? 'with a CV' : 'without a CV';
    lines.push([type, name, status, file, ...parts].join(', '));
  }
  for (const { full_name, email, dossier_count } of await contactsIn(org)) {
    const facts = [full_name, email, `${String(dossier_count)} dossiers`];
    lines.push(facts.filter(Boolean).join(', '));
  }
  return lines.sort();
};

/** The contacts and notes of a dossier. */
const partsOf = async (org: Organization, id: string): Promise<string[]> => [
  ...(await contactsOfDossier(org, id))
    .map((one) => `${one.full_name} as ${one.role_on_dossier}${one.is_primary ? ' (primary)' : ''}`)
    .sort(),
  ...(await notesOfDossier(org, id)).map(({ content }) => content),
];

/** The file was refused, as invalid or as an unsupported media type (LG-CV-021, LG-GEN-029). */
export const expectFileRefused = (
  context: Pick<RuleContext, 'acceptances'>,
  exchange: Exchange,
): void => {
  expectPermittedRefusal(context, exchange, ['LG-CV-021', 'LG-GEN-029']);
};
