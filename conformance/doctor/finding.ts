/** What of a target a finding is about, in the order in which it is told. */
export const chapters = [
  'Target',
  'Provisioning',
  'Keys',
  'Rate limit',
  'Webhooks',
  'Verification',
] as const;

/** Something that was found out about a target before anything was created there. */
export interface Finding {
  readonly chapter: (typeof chapters)[number];
  /**
   * `warn` is worth knowing; `open` leaves requirements unverified; `wrong` is a mistake in what was
   * said about the target; `down` is a target that isn't there.
   */
  readonly mark: 'ok' | 'warn' | 'open' | 'wrong' | 'down';
  /** What was found, as a sentence. */
  readonly text: string;
  /** What to do about it. */
  readonly next?: string;
  /** Requirements that it is about. */
  readonly requirements?: readonly string[];
}

/** 0 all well, 2 a mistake in the configuration, 3 something stays unverified, 4 out of reach. */
export const exitCodeOf = (findings: readonly Finding[]): 0 | 2 | 3 | 4 => {
  const found = (mark: Finding['mark']) => findings.some((finding) => finding.mark === mark);
  if (found('down')) return 4;
  if (found('wrong')) return 2;
  return found('open') ? 3 : 0;
};
