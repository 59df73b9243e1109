import type { Rule } from '../context/rule.ts';
import type { DeliveryFault, Fault } from '../faults/inject.ts';
import { createHarnessCore, openLocalSink } from '../runner/harness-core.ts';
import type { Outcome } from '../runner/outcome.ts';
import type { RunOptions } from '../runner/prepare.ts';
import { startReferenceServer } from '../targets/start.ts';
import { type EventPatience, usualEventPatience } from '../webhooks/sink.ts';

/** How rules are executed; by default with seed 1, and without a fault. */
export interface TestRun extends Partial<Pick<RunOptions, 'seed' | 'path' | 'concurrency'>> {
  /** Injected between suite and server. */
  readonly fault?: Fault | undefined;
  /** Injected between server and sink. */
  readonly deliveryFault?: DeliveryFault | undefined;
}

export interface TestHarnessOptions {
  /** Generated cases for each property. */
  readonly runs?: number;
  /** How long an event is waited for while a fault is injected. */
  readonly patience?: EventPatience;
  /** Milliseconds that a single wait may take; unlimited unless given. */
  readonly longestSleep?: number;
  /** Whether failed rules are taken for what they are, without measuring whether lists lag. */
  readonly showsWritesAtOnce?: boolean;
}

export type TestHarness = Awaited<ReturnType<typeof openTestHarness>>;

/** The reference server, at which rules are executed, with or without a fault. */
export const openTestHarness = async ({
  runs = 8,
  patience = { ...usualEventPatience, event: 400 },
  longestSleep,
  showsWritesAtOnce,
}: TestHarnessOptions = {}) => {
  const { contract, register, targetOf, createRunner } = createHarnessCore();
  const server = await startReferenceServer();
  const target = await targetOf(server);
  const sink = await openLocalSink();
  // An event that a fault suppresses is not worth a long wait.
  const hurried = { ...sink, patience };
  const run = (
    rules: readonly Rule[],
    { fault, deliveryFault, ...options }: TestRun = {},
  ): Promise<Outcome[]> => {
    const chosen = fault || deliveryFault ? hurried : sink;
    return createRunner({
      ...{ target, fault, longestSleep, showsWritesAtOnce, run: { rules, runs, ...options } },
      sink: deliveryFault?.(chosen) ?? chosen,
    }).runAll();
  };
  const close = async (): Promise<void> => {
    await sink.close();
    await server.close();
  };
  return { contract, register, target, createRunner, run, close };
};
