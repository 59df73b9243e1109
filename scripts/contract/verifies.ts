/** What a rule claims to verify. */
export interface Claim {
  /** The rule's own id, for the message. */
  rule: string;
  /** Ids of the register. */
  verifies: readonly string[];
}

/**
 * One sentence for each id that a rule verifies and the register lacks.
 *
 * The type `RequirementId` says the same to whoever compiles; this says it at run time, to rules
 * that come from elsewhere and to those that a cast let through.
 */
export const checkVerifies = (
  claims: readonly Claim[],
  register: readonly { id: string }[],
): string[] => {
  const known = new Set(register.map(({ id }) => id));
  return claims.flatMap(({ rule, verifies }) =>
    verifies
      .filter((id) => !known.has(id))
      .map((id) => `Rule ${rule} verifies ${id}, which is not in the register.`),
  );
};
