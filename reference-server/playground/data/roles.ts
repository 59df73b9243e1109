/** What candidates apply for. */
export const candidateRoles = [
  'Senior Frontend Engineer',
  'Backend Engineer',
  'Data Analyst',
  'Product Designer',
  'Wijkverpleegkundige',
  'Warehouse Supervisor',
  'Financial Controller',
  'HR Business Partner',
  'Werkvoorbereider',
  'Account Manager',
  'DevOps Engineer',
  'Teamleider klantenservice',
  'Mechanical Engineer',
  'Customer Success Manager',
] as const;

/** What people are who buy. */
export const buyerRoles = [
  'HR Director',
  'Head of Talent',
  'Operations Manager',
  'CFO',
  'Procurement Lead',
  'Vestigingsmanager',
  'Managing Director',
  'Recruitment Lead',
] as const;
