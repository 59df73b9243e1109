/** A note on a dossier; internal unless it is shared. */
export interface Remark {
  readonly content: string;
  readonly shared?: true;
}

export const candidateRemarks: readonly Remark[] = [
  { content: 'Had a great first call, strong culture fit.' },
  { content: 'Gesproken met de kandidaat: zoekt 32 uur, reistijd hooguit 45 minuten.' },
  { content: 'Interview planned for next week; invitation sent.', shared: true },
  { content: 'References checked. Both would hire again.' },
  { content: 'Salary expectation is above the range. Ask the client for room.' },
  { content: 'Client was enthusiastic about the portfolio 🎉', shared: true },
  { content: 'Notice period is two months; could start on the first of the month after.' },
  { content: 'Second interview went well.\nOpen question: hybrid or on site?' },
  { content: 'Opdrachtgever wil een proefdag inplannen.', shared: true },
  { content: 'Left a voicemail, will try again tomorrow.' },
];

export const salesRemarks: readonly Remark[] = [
  { content: 'Discovery call done. Needs 12 people before the summer.' },
  { content: 'Offerte verstuurd, reactie vóór vrijdag verwacht.' },
  { content: 'Sent the proposal with three options.', shared: true },
  { content: 'Legal asks for a liability cap; passed on to our counsel.' },
  { content: 'Met the decision maker on site. Budget is approved.' },
  { content: 'They compare us with two others; price is 5% above the lowest.' },
  { content: 'Followed up by email.' },
  { content: 'Agreed on a start in week 7, contract follows.', shared: true },
];

/** The last note on a dossier that was won, lost or archived. */
export const closingRemarks = {
  candidate: {
    won: 'Contract signed! First day is agreed with the client.',
    lost: 'Accepted an offer elsewhere. Keep in touch for the next opening.',
    archived: 'Vacancy was withdrawn by the client.',
  },
  sales: {
    won: 'Signed. Handed over to the delivery team.',
    lost: 'Lost on price; may come back next year.',
    archived: 'Merged into another deal of the same account.',
  },
} as const;

export const candidateIntakes = [
  'Open to relocation within the Netherlands. Prefers four days a week.',
  'Referred by a former colleague. Available from next month.',
  'Zoekt een stap naar teamleider; Engels vloeiend, Duits redelijk.',
  'Strong on React and accessibility; less experience with backends.',
] as const;

/** The notes of contacts in the network. */
export const contactNotes = [
  'Prefers to be called after four.',
  'Met at the autumn job fair.',
  'Houdt van korte mails.',
  'Knows everybody in the port of Rotterdam.',
] as const;

/** The subjects of sales dossiers, the second half of their names. */
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

/** Deal sizes with their currencies; some dossiers have none yet. */
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
