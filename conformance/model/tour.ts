import { dataOf, pageOf } from '../context/answers.ts';
import type { RuleContext } from '../context/context.ts';
import { expectEqual } from '../context/expectations.ts';
import type { Dossier, Flow, NewDossier } from '../contract/resources.ts';
import { defaultFlowOf, firstStageOf } from '../fixtures/flows.ts';
import { formOf } from '../fixtures/forms.ts';
import type { FilePart } from '../generators/files.ts';
import { expectDossier } from './checks.ts';
import type { Aspect, Command, ModelSession } from './command.ts';
import { dossierCreated } from './oracle-changes.ts';
import type { DossierFacts } from './oracle.ts';
import type { ModelRequirements } from './subjects.ts';
import { openModelSession } from './sequence.ts';

/*
 * A tour fills one organisation once and checks everything that each response shows: the most that
 * few requests can prove. It follows a script, so each of its requests has a purpose.
 */

/** Starts a tour; it compares these aspects with the oracle. */
export const openTour = (
  context: RuleContext,
  aspects: readonly Aspect[] = ['fields', 'counts', 'links', 'primaries', 'notes', 'lists'],
  requirements?: ModelRequirements,
): Promise<ModelSession> =>
  openModelSession(context, { aspects, ...(requirements && { requirements }) });

/** Runs commands in order; each checks its own response. */
export const follow = async (
  session: ModelSession,
  commands: readonly Command[],
): Promise<void> => {
  for (const command of commands) await command.run(session);
};

/** How a dossier is created, unless by JSON in the default flow of its type. */
export interface CreationWay {
  /** By a form, with this file if there is one. */
  readonly form?: { readonly file?: FilePart };
  readonly flow?: Flow;
}

/** Creates a dossier of which the contacts don't matter, and checks the response. */
export const createKnownDossier = async (
  session: ModelSession,
  draft: NewDossier,
  { form, flow }: CreationWay = {},
): Promise<DossierFacts> => {
  const { org, oracle, context, flows, say } = session;
  const fields: NewDossier = flow ? { ...draft, flow_id: flow.id } : draft;
  const body = form ? formOf(fields, ...(form.file ? [form.file] : [])) : fields;
  say({ part: 'accepted', operation: 'createDossier', request: { body } });
  const exchange = await org.all.send('createDossier', { body });
  context.expect.success(exchange);
  const shown = dataOf(exchange.json) as Dossier;
  const place = flow ?? defaultFlowOf(flows, draft.type);
  const first = place && firstStageOf(place)?.id;
  say({ part: 'created', operation: 'createDossier' });
  expectEqual(oracle.dossiers.has(shown.id), false, `whether dossier ${shown.id} existed before:`);
  const created = dossierCreated(oracle, {
    ...{ id: shown.id, draft: { ...fields }, cv: form?.file !== undefined },
    stages: place?.stages.map(({ id }) => id) ?? [],
    // Where a dossier starts in a flow that was named is a decision.
    stage: flow && first !== undefined ? oracle.decide(first) : first,
  });
  expectDossier(created, { ...shown }, 'the response to the creation', say);
  return created;
};

/** One page of a list, or of the list of one dossier. */
export const readPage = async (
  { org, context }: Pick<ModelSession, 'org' | 'context'>,
  operation: Parameters<ModelSession['observer']['send']>[0],
  query: Readonly<Record<string, string | readonly string[]>> = {},
  path?: Readonly<Record<string, string>>,
) => {
  const exchange = await org.all.send(operation, { query, ...(path && { path }) });
  context.expect.success(exchange);
  return pageOf(exchange);
};
