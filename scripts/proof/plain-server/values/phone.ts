import type { Installation } from '../installation.ts';
import { invalid } from '../refusal.ts';

const uniform = (phone: string): string =>
  phone
    .replace(/\(0\)/g, '')
    .replace(/[\s()-]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, '+31');

/** The phone number of a dossier, as it is kept (LG-DOS-042). */
export const dossierPhone = ({ takes }: Installation, sent: string): string =>
  takes('LG-DOS-042', 3) ? uniform(sent) : sent;

/**
 * The phone number of a contact, as it is kept (LG-CON-080).
 *
 * @throws Refusal when it has to be an international number and isn't
 */
export const contactPhone = (installation: Installation, sent: string): string => {
  if (installation.takes('LG-CON-080', 1)) return uniform(sent);
  const odd = sent !== '' && !/^\+[\d ()-]{7,20}$/.test(sent);
  if (installation.takes('LG-CON-080', 2) && odd) {
    throw invalid(installation, 'phone is no international number');
  }
  return sent;
};
