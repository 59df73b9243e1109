import { createHash } from 'node:crypto';
import type { Report, ReportedRule } from '../report/report.ts';
import { describeCaveat, describeRule, type Kind, kindOf, verdictOf } from './summary.ts';
import { plain, shorten } from './text.ts';

/** Where a person reads a requirement. */
export interface RequirementPlace {
  /** In the repository, with slashes. */
  readonly path: string;
  readonly line: number;
}

/** Without places only the folder of the register is known. */
const register: RequirementPlace = { path: 'openapi/requirements/README.md', line: 1 };

/**
 * The report for the code quality widget of GitLab: an entry for each failed rule, at the requirement
 * that it violates, since the source of the target is unknown. The fingerprint depends on the rule
 * and the requirement only, so that GitLab knows what is new in a merge request. A breakdown and an
 * early end are entries too: an empty list would say that everything is well.
 *
 * @param options.placeOf - where the requirement with this id is stated
 */
export const reportCodequality = (
  report: Report,
  { placeOf }: { readonly placeOf?: (id: string) => RequirementPlace | undefined } = {},
): string => {
  const entries = [
    ...runEntries(report),
    ...report.rules.flatMap((rule) => ruleEntries(rule, report, placeOf)),
  ];
  return `${JSON.stringify(entries, null, 2)}\n`;
};

/** A failure that fails the run is major, whatever its level. */
const severities: Readonly<Partial<Record<Kind, string>>> = {
  failure: 'major',
  mended: 'minor',
  deviation: 'minor',
  known: 'info',
  new: 'info',
  // No failure of the target, but nothing is known of the rule.
  error: 'info',
};

const ruleEntries = (
  rule: ReportedRule,
  report: Report,
  placeOf: (id: string) => RequirementPlace | undefined = () => undefined,
) => {
  const kind = kindOf(rule, report);
  const severity = severities[kind];
  if (severity === undefined) return [];
  const { id, level, sentence, verifies, counterexample } = rule;
  const violated = counterexample?.requirements.map((requirement) => requirement.id) ?? [];
  const [place] = [...violated, ...verifies].flatMap((requirement) => placeOf(requirement) ?? []);
  const said = counterexample?.requirements.map(
    ({ id: requirement, statement, source }) => `${requirement} ${statement} [${source}]`,
  );
  const lead = `${level} ${said?.join(' ') ?? sentence}`;
  const repeat = counterexample ? ` — repeat: ${counterexample.repeat}` : '';
  return [
    entryOf({
      description: `${lead} — ${describeRule(rule, report)}${repeat}`,
      check: id,
      about: violated,
      ...{ severity, place },
    }),
  ];
};

const runEntries = (report: Report) => {
  const { breakdown, endedEarly } = report;
  const lead = `LeadGrid conformance: ${verdictOf(report)}`;
  const check = 'leadgrid-conformance';
  return [
    ...(breakdown === null
      ? []
      : [
          entryOf({
            description: `${lead}: ${describeCaveat(report)}`,
            ...{ check, about: ['breakdown'], severity: 'critical' },
          }),
        ]),
    ...(endedEarly === null
      ? []
      : [
          entryOf({
            description: `${lead}: ${endedEarly} (${describeCaveat(report)})`,
            ...{ check, about: ['ended-early'], severity: 'info' },
          }),
        ]),
  ];
};

interface Finding {
  readonly description: string;
  readonly check: string;
  /** What tells it from other findings of the same check; the same in every run. */
  readonly about: readonly string[];
  readonly severity: string;
  readonly place?: RequirementPlace | undefined;
}

const entryOf = ({ description, check, about, severity, place = register }: Finding) => ({
  description: shorten(plain(description), longest),
  check_name: check,
  fingerprint: createHash('sha256')
    .update([check, ...about].join('\n'))
    .digest('hex'),
  severity,
  location: { path: place.path, lines: { begin: place.line } },
});

/** In characters. GitLab shows it in one paragraph. */
const longest = 2_000;
