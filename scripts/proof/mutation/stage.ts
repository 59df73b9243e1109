import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCourt, type Court } from '../../../conformance/court.ts';
import type { Rule } from '../../../conformance/rule.ts';
import { openSink, type Sink } from '../../../conformance/sink/sink.ts';
import { createTransport } from '../../../conformance/world/transport.ts';
import { readContract } from '../../../openapi/contract.ts';
import { readRegister } from '../../../openapi/register.ts';
import { defaultConfig } from '../../../reference-server/config.ts';
import { startServer } from '../../../reference-server/server.ts';
import { targetAt } from '../target.ts';
import type { ServerCopy } from './server-copy.ts';

/** A server that runs, and a court that can judge it. */
export interface Trial {
  readonly court: Court;
  /** Ends whatever is still being judged, and the server; it isn't waited for any longer than that. */
  readonly end: () => Promise<void>;
}

export interface Stage {
  /**
   * Starts the server of a copy, with a control API beside it that is no part of the copy: a mutant
   * is to be seen by those who call the API.
   *
   * @throws NotStarted when the copy doesn't start, or its state holds nothing; and whatever else
   *   keeps it from being made ready
   */
  readonly raise: (load: () => ServerCopy) => Promise<Trial>;
  readonly close: () => Promise<void>;
}

/** The server itself is what failed, or the state that it keeps. */
export class NotStarted extends Error {}

export interface StageOptions {
  readonly rules: readonly Rule[];
  readonly seed: number;
  /** Generated cases for each property. */
  readonly runs: number;
}

const listen = { host: '127.0.0.1', port: 0 };
/** How long one answer may take, in milliseconds. */
const timeout = 8_000;
/** For an event that doesn't come, in milliseconds; a failure is judged again before it counts. */
const patience = { event: 1_200, silence: 60 };
/** How long a server may take to close before the next one is started, in milliseconds. */
const farewell = 300;

/**
 * Whether the control API broke down at the state that it shares with the copy. It is honest itself,
 * and the suite, where nothing can be made ready, calls no server conformant.
 */
const isOfState = (error: unknown): boolean => /control API .* answered 5\d\d/.test(String(error));

/** Puts up all that the judging of one server after another needs. */
export const openStage = async ({ rules, seed, runs }: StageOptions): Promise<Stage> => {
  const [contract, register, transport] = [readContract(), readRegister(), createTransport()];
  const sink: Sink = await openSink({ listen, newName: randomUUID, now: Date.now, patience });
  const surroundings = { fetch: transport, now: Date.now, sleep: (time: number) => sleep(time) };
  const raise: Stage['raise'] = async (load) => {
    const { url, state, services, close } = await startCopy(load);
    const interruption = new AbortController();
    const servers = [close];
    const end = async (): Promise<void> => {
      interruption.abort();
      const closing = Promise.allSettled(servers.map((stop) => stop()));
      await Promise.race([closing, sleep(farewell)]);
    };
    try {
      const control = await startServer({ ...defaultConfig, port: 0 }, { state, services });
      servers.push(control.close);
      const { controlUrl = '' } = control;
      const target = await targetAt({ url, controlUrl }, contract, transport);
      const court = openCourt({
        ...{ contract, register, rules, target, surroundings, seed, runs, sink, timeout },
        interruption: interruption.signal,
      });
      return { court, end };
    } catch (error) {
      await end();
      throw isOfState(error) ? new NotStarted(String(error)) : error;
    }
  };
  return { raise, close: () => sink.close() };
};

const startCopy = async (load: () => ServerCopy) => {
  try {
    const copy = load();
    const [state, services] = [copy.createState(), copy.createServices()];
    const config = { ...copy.defaultConfig, port: 0, control: false };
    const { url, close } = await copy.startServer(config, { state, services });
    // Whoever starts it has to be told where it is.
    return { url: new URL(url).href, state, services, close };
  } catch (error) {
    throw new NotStarted(String(error));
  }
};
