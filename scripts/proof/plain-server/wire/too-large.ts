import type { Installation } from '../installation.ts';
import { Refusal, say, unforeseen } from '../refusal.ts';

/** What is answered to a body or a file that is too large. */
export const tooLarge = (
  installation: Installation,
  decision: 'LG-CV-020' | 'LG-CV-032' | 'LG-GEN-043',
): Refusal =>
  installation.takes(decision, decision === 'LG-CV-032' ? 2 : 1)
    ? new Refusal(413, 'too_large', say(installation, 'That is too large.', 'Dat is te groot.'))
    : unforeseen(installation, 'that is too large', 'too_large');
