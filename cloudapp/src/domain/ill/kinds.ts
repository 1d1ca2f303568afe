/** The two kinds of NACSIS-ILL request: 複写 (copy) and 貸借 (loan). GL 2.2. */
export const KINDS = ['copy', 'loan'] as const;
export type Kind = (typeof KINDS)[number];

/** The two sides of a request: 依頼館 (borrower) and 受付館 (lender). */
export const SIDES = ['borrower', 'lender'] as const;
export type Side = (typeof SIDES)[number];

export function otherSide(side: Side): Side {
  return side === 'borrower' ? 'lender' : 'borrower';
}

/**
 * The role-restricted files of NACSIS-ILL. The database name decides whether a command runs as borrower or as lender
 * (SPC 2).
 * @unconfirmed I: The files of the lender are called COPYS and LOANS, after COPYO and LOANO. Confirm: search each of them as a lender.
 */
export const DATABASES = {
  COPYO: { kind: 'copy', side: 'borrower' },
  COPYS: { kind: 'copy', side: 'lender' },
  LOANO: { kind: 'loan', side: 'borrower' },
  LOANS: { kind: 'loan', side: 'lender' },
} as const satisfies Record<string, { readonly kind: Kind; readonly side: Side }>;
export type DatabaseName = keyof typeof DATABASES;

const DATABASE_OF = {
  copy: { borrower: 'COPYO', lender: 'COPYS' },
  loan: { borrower: 'LOANO', lender: 'LOANS' },
} as const satisfies Record<Kind, Record<Side, DatabaseName>>;

export function databaseOf(kind: Kind, side: Side): DatabaseName {
  return DATABASE_OF[kind][side];
}
