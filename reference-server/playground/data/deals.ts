/** What is sold to a company, as the second half of a deal's name. */
export const subjects = [
  'Talent rollout',
  'Seasonal staffing',
  'Engineering team',
  'Interim finance',
  'Night shift crew',
  'Traineeship 2027',
  'Recruitment outsourcing',
  'Zorgteams regio Oost',
  'Executive search',
  'Employer branding',
  'Flexpool',
  'Onboarding programme',
] as const;

/** Expected values with their currencies; a deal may have none yet. */
export const amounts = [
  { deal_size: 45_000, deal_currency: 'EUR' },
  { deal_size: 12_500, deal_currency: 'EUR' },
  { deal_size: 128_000, deal_currency: 'EUR' },
  { deal_size: 8_750.5, deal_currency: 'EUR' },
  { deal_size: 62_000, deal_currency: 'GBP' },
  {},
  { deal_size: 31_250, deal_currency: 'EUR' },
  { deal_size: 540_000, deal_currency: 'SEK' },
  { deal_size: 19_900, deal_currency: 'EUR' },
  { deal_size: 74_000, deal_currency: 'USD' },
  { deal_size: 5_400, deal_currency: 'EUR' },
  { deal_size: 36_000, deal_currency: 'CHF' },
] as const;

export const salesIntakes = [
  'Framework contract ends in the spring; wants two offers to compare.',
  'Came in through a referral. Price matters less than speed.',
  'Wil eerst een pilot op één vestiging.',
  'Works with two other agencies now and is unhappy with both.',
] as const;
