import type { Installation } from '../installation.ts';
import { invalid, unforeseen } from '../refusal.ts';

/** @throws Refusal when the value is no amount */
export const readAmount = (
  installation: Installation,
  sent: unknown,
): number | null | undefined => {
  const { takes } = installation;
  if (sent === null || sent === undefined) return sent;
  const converted = typeof sent === 'string' && takes('LG-GEN-034', 1) && sent.trim() !== '';
  const value = converted ? Number(sent) : sent;
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    if (takes('LG-GEN-034', 2)) return undefined;
    throw invalid(installation, 'deal_size is no number');
  }
  if (value < 0 && !takes('LG-DOS-048', 1)) throw invalid(installation, 'deal_size is negative');
  if (value >= 100_000_000 && takes('LG-DOS-049', 2)) {
    throw invalid(installation, 'deal_size is too large');
  }
  return takes('LG-DOS-049', 1) ? Math.round(value * 100) / 100 : value;
};

/** @throws Refusal when the text is no currency (LG-DOS-046) */
export const checkCurrency = (installation: Installation, sent: string): string => {
  const { takes } = installation;
  if (takes('LG-DOS-046', 1)) return sent;
  const code = takes('LG-DOS-046', 2) ? sent.toUpperCase() : sent;
  if (!/^[A-Z]{3}$/.test(code)) throw invalid(installation, 'deal_currency is no code');
  const inUse = Intl.supportedValuesOf('currency').includes(code);
  if (takes('LG-DOS-046', 3) && !inUse) {
    throw invalid(installation, 'deal_currency is not in use');
  }
  return code;
};

/** Checks or completes the deal of a new dossier (LG-DOS-047). */
export const completeDeal = (
  installation: Installation,
  deal: { deal_size?: number | null; deal_currency?: string | null },
): void => {
  const half = (deal.deal_size == null) !== (deal.deal_currency == null);
  if (!half) return;
  if (installation.takes('LG-DOS-047', 2)) {
    throw unforeseen(installation, 'the deal is incomplete', 'incomplete_deal');
  }
  if (installation.takes('LG-DOS-047', 1)) deal.deal_currency ??= 'EUR';
};
