import type { Finding } from '../doctor/findings.ts';
import { createProbe, type Probe } from '../doctor/probe.ts';
import { asSend } from '../http/web-classes.ts';

/** The time of all responses. */
export const noon = Date.parse('2026-05-01T12:00:00Z');

/** Responses by path and key; undefined means 404. */
export type Answers = (path: string, key: string | undefined) => Response | undefined;

/** A probe of a target with these responses. */
export const probeAt =
  (answers: Answers) =>
  (base: string): Probe =>
    createProbe(
      base,
      {
        now: () => noon,
        send: asSend(({ url: asked, headers }) => {
          const key = headers.get('authorization')?.replace('Bearer ', '');
          const { pathname } = new URL(asked);
          return Promise.resolve(answers(pathname, key) ?? new Response(null, { status: 404 }));
        }),
      },
      1_000,
      new AbortController().signal,
    );

export const answer = (
  status: number,
  headers: Record<string, string> = {},
  body?: unknown,
): Response => new Response(body === undefined ? null : JSON.stringify(body), { status, headers });
/** Findings as lines. */
export const findingLines = (findings: readonly Finding[]): string[] =>
  findings.map(({ mark, text, next }) => [mark, text, next].filter(Boolean).join(' '));
